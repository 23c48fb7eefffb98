// Hide screen: covers the page at once with one that says nothing. What was typed stays where it
// is, out of sight. sessionStorage holds one word, that this tab is covered, so that going back or
// loading the page again does not uncover it.
const NEUTRAL = "Screen hidden";
const TIMES = 3;
const WITHIN = 2000; // milliseconds

let cover = null;
let title = "";
let focus = null;
let pressed = [];

/** Wakes the buttons marked data-cover and the shortcut: Escape three times. */
export function covering() {
  const buttons = document.querySelectorAll("[data-cover]");
  for (const button of buttons) {
    button.hidden = false;
    // The focus stays in the text that is being written, to be found there again.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", hide);
  }
  if (buttons.length) addEventListener("keydown", count, { capture: true });
  addEventListener("pageshow", () => (remembered() ? hide() : undefined));
  if (remembered()) hide();
}

/** Gives the page its title: now, or when it is shown again. */
export function entitle(words) {
  if (cover) title = words;
  else document.title = words;
}

function count(event) {
  if (cover || event.key !== "Escape" || event.repeat) return;
  const now = Date.now();
  pressed = [...pressed.filter((at) => now - at < WITHIN), now];
  if (pressed.length >= TIMES) hide();
}

function hide() {
  if (cover) return;
  pressed = [];
  focus = document.activeElement;
  // Of a page that was covered while it loaded, the first script in it has put the title aside.
  title = document.body.dataset.title ?? document.title;
  delete document.body.dataset.title;
  cover = made();
  document.body.append(cover);
  document.body.classList.add("covered");
  document.title = NEUTRAL;
  for (const each of others()) each.inert = true;
  remember(true);
  cover.querySelector("button").focus();
}

function show() {
  remember(false);
  for (const each of others()) each.inert = false;
  document.body.classList.remove("covered");
  document.title = title;
  cover.remove();
  cover = null;
  // A save may have brought a new page in place of the old one meanwhile.
  const place = focus?.isConnected ? focus : document.querySelector("main");
  place.focus({ preventScroll: true });
}

/** All but the cover, and the warning of a sign-out, which says nothing of the case. */
function others() {
  return [...document.body.children].filter((one) => one !== cover && one.tagName !== "DIALOG");
}

function made() {
  const box = document.createElement("div");
  box.className = "cover";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-modal", "true");
  box.setAttribute("aria-labelledby", "cover-title");
  const heading = document.createElement("h1");
  heading.id = "cover-title";
  heading.className = "govuk-heading-m";
  heading.textContent = NEUTRAL;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button";
  button.textContent = "Show again";
  button.addEventListener("click", show);
  box.append(heading, button);
  return box;
}

function remembered() {
  try {
    return sessionStorage.getItem("covered") !== null;
  } catch {
    return false; // a browser that stores nothing
  }
}

function remember(covered) {
  try {
    if (covered) sessionStorage.setItem("covered", "yes");
    else sessionStorage.removeItem("covered");
  } catch {
    // Then only this page is covered.
  }
}
