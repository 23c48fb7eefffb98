// Forms marked data-keep-on-failure: a save that fails leaves the page, and what was typed,
// as it is. Nothing typed is stored anywhere.
import { autosave, settled } from "./autosave.js";
import { entitle } from "./cover.js";
import { fields, post, renew } from "./post.js";
import { start } from "./start.js";

const UNREACHABLE = "InfoShare could not be reached. Check your connection, then send this again.";
const KEPT = "What you typed is still on this page.";

/** Makes every marked form below `root` send itself by fetch. */
export function keep(root) {
  for (const form of root.querySelectorAll("form[data-keep-on-failure]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.getAttribute("aria-busy") !== "true") send(form, event.submitter);
    });
    // A page that the browser kept aside is not sending any more.
    addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
  }
}

async function send(form, submitter) {
  form.setAttribute("aria-busy", "true");
  let leaving = false;
  try {
    await settled(form);
    let reply = await post(form, fields(form, submitter));
    const isFresh = !reply.ok && renew(form, reply.page);
    // A sign-in in another tab makes new tokens: the refusal brought one, so try once more.
    if (reply.status === 403 && isFresh) reply = await post(form, fields(form, submitter));
    leaving = act(form, reply);
  } catch {
    say(form, UNREACHABLE);
  }
  if (!leaving) form.removeAttribute("aria-busy");
}

/** Does what the reply asks for; true when it leads to another page. */
function act(form, { status, go, page }) {
  if (go && new URL(go, location.href).origin === location.origin) {
    location.assign(go);
    return true;
  }
  if (status < 400 || status === 409 || status === 422) show(page);
  else say(form, page.querySelector("h1")?.textContent.trim(), page);
  return false;
}

/** Puts the page that came in place of this one, as a plain submit would have done. */
function show(page) {
  const main = document.adoptNode(page.querySelector("main"));
  document.querySelector("main").replaceWith(main);
  entitle(page.title);
  scrollTo(0, 0);
  start(main);
  keep(main);
  autosave(main);
  if (main.querySelector(".govuk-error-summary")) return; // it takes the focus itself
  main.tabIndex = -1;
  main.focus();
}

/** Says above the form what went wrong; a session that ended also gets the way to sign in. */
function say(form, words, page) {
  form.querySelector(".kept")?.remove();
  const box = document.createElement("div");
  box.className = "notice notice--warning kept";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  box.append(paragraph("strong", words || UNREACHABLE), paragraph("span", KEPT));
  const signIn = page?.querySelector("main a[target=_blank]");
  if (signIn) {
    const line = paragraph("span", " Then come back to this page and send it again.");
    line.prepend(document.adoptNode(signIn));
    box.append(line);
  }
  form.prepend(box);
  box.focus();
}

function paragraph(kind, words) {
  const line = document.createElement("p");
  const inner = document.createElement(kind);
  inner.textContent = words;
  line.append(inner);
  return line;
}
