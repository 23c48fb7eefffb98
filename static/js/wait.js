// A page that waits for something to be made asks by itself whether it is. Without this, a link asks.
const PAUSE = 1000; // milliseconds between two questions, where the page asks for no other pause

/** Asks on while the page says that something is being made, then follows to what was made. */
export function wait() {
  const link = document.querySelector("a[data-wait]");
  if (link) setTimeout(() => ask(link), Number(link.dataset.wait) || PAUSE);
}

/** Puts what another page says in this place into this page, where both have it. */
function replace(place, page) {
  const [here, there] = [document.querySelector(place), page.querySelector(place)];
  if (here && there) here.innerHTML = there.innerHTML;
}

async function ask(link) {
  let page;
  try {
    const reply = await fetch(link.href, { redirect: "error" });
    page = new DOMParser().parseFromString(await reply.text(), "text/html");
  } catch {
    return; // the link is still there
  }
  if (!page.querySelector("[data-wait-words]")) return; // signed out, perhaps: the link leads to the page that says so
  if (page.querySelector("a[data-wait]")) {
    replace("[data-wait-so-far]", page);
    return setTimeout(() => ask(link), Number(link.dataset.wait) || PAUSE);
  }
  const here = document.activeElement === link;
  replace("[data-wait-words]", page);
  replace("[data-wait-actions]", page);
  const actions = document.querySelector("[data-wait-actions]");
  if (here) actions.querySelector("a").focus();
  const ready = actions.querySelector("a[data-wait-ready]");
  if (ready) location.assign(ready.href); // a download: this page stays; this page itself: it is read anew
}
