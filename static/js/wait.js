// The page that waits for a PDF asks by itself whether it is ready. Without this, a link asks.
const PAUSE = 1000; // milliseconds between two questions

/** Asks on while the page says that something is being made, then follows to what was made. */
export function wait() {
  const link = document.querySelector("a[data-wait]");
  if (link) setTimeout(() => ask(link), PAUSE);
}

async function ask(link) {
  let page;
  try {
    const reply = await fetch(link.href, { redirect: "error" });
    page = new DOMParser().parseFromString(await reply.text(), "text/html");
  } catch {
    return; // the link is still there
  }
  const words = page.querySelector("[data-wait-words]");
  if (!words) return; // signed out, perhaps: the link leads to the page that says so
  if (page.querySelector("a[data-wait]")) return setTimeout(() => ask(link), PAUSE);
  const here = document.activeElement === link;
  document.querySelector("[data-wait-words]").innerHTML = words.innerHTML;
  const actions = document.querySelector("[data-wait-actions]");
  actions.innerHTML = page.querySelector("[data-wait-actions]").innerHTML;
  if (here) actions.querySelector("a").focus();
  const ready = actions.querySelector("a[data-wait-ready]");
  if (ready) location.assign(ready.href); // a download: this page stays
}
