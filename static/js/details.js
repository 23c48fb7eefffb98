// Details of an answer, marked data-show-when: shown once one of their answers is chosen. What was
// typed into one that is hidden again is still sent: nothing is ever switched off.

/** Hides every group of details below `root` until it fits the chosen answer. */
export function details(root) {
  for (const group of root.querySelectorAll("[data-show-when]")) {
    const form = group.closest("form");
    const fit = () => show(group, form.elements[group.dataset.of]?.value);
    form.addEventListener("change", fit);
    // Going back in the history, browsers fill forms in after the scripts have run.
    addEventListener("pageshow", fit);
    fit();
  }
}

function show(group, answer) {
  const fits = group.dataset.showWhen.split(" ").includes(answer);
  // The error summary must be able to lead to its field, whatever is chosen.
  const wrong = group.querySelector(".govuk-error-message") !== null;
  group.hidden = !fits && !wrong;
  const when = group.querySelector(".details-line--when");
  if (when) when.hidden = fits;
}
