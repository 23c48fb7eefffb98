// Forms marked data-autosave="SECONDS": while somebody types, the page saves itself to the server.
// Nothing typed is stored in the browser.
import { fields, post, renew } from "./post.js";

const SLOWEST = 300; // seconds between two tries while saving fails
const PATIENCE = 10_000; // milliseconds for one save
const UNREACHABLE = "InfoShare could not be reached. It will be tried again";
const OUT = "you are signed out. Sign in in another tab, then carry on here";
const MARK = { name: "go", value: "autosave" };
const KEPT_ALIVE = 60_000; // bytes that a browser still sends for a page that is going

const savers = new WeakMap();

/** Makes every marked form below `root` save itself. */
export function autosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    savers.set(form, new Saver(form));
  }
}

/** Waits until no save of the form is on its way, so that what is sent next is the newest. */
export function settled(form) {
  return savers.get(form)?.running;
}

/** Words as they are compared: without what the page itself puts into its form. */
function words(form) {
  const own = new Set([...form.querySelectorAll("input[type=hidden]")].map(({ name }) => name));
  return JSON.stringify([...new FormData(form)].filter(([name]) => !own.has(name)));
}

class Saver {
  constructor(form) {
    this.form = form;
    this.saved = "unsaved" in form.dataset ? null : words(form);
    this.wait = 1;
    this.line = line(form);
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    document.addEventListener("visibilitychange", () => {
      const isGoing = document.visibilityState === "hidden";
      if (isGoing || this.wait > 1) this.save(isGoing); // back from signing in, perhaps
    });
    if (this.saved === null) this.soon();
  }

  /** Saves after the interval: from the first change on, not from the last. */
  soon() {
    const seconds = Math.min(this.form.dataset.autosave * this.wait, SLOWEST);
    this.timer ??= setTimeout(() => this.save(), seconds * 1000);
  }

  /** Saves now, unless there is nothing new, or something of this form is on its way. */
  save(isGoing = false) {
    clearTimeout(this.timer);
    this.timer = undefined;
    const typed = words(this.form);
    const busy = this.running || this.form.getAttribute("aria-busy") === "true";
    if (!this.form.isConnected || typed === this.saved) return;
    if (busy) return this.soon();
    this.running = this.send(typed, isGoing).finally(() => {
      this.running = undefined;
      if (words(this.form) !== this.saved && this.again) this.soon();
    });
  }

  async send(typed, isGoing) {
    this.again = true;
    try {
      let reply = await this.post(isGoing);
      // A sign-in in another tab makes new tokens: the refusal brought one.
      if (reply.status === 403 && renew(this.form, reply.page)) reply = await this.post(isGoing);
      this.take(reply, typed);
    } catch {
      this.fail(UNREACHABLE);
    }
  }

  post(isGoing) {
    const body = fields(this.form, MARK);
    const keepalive = isGoing && String(body).length < KEPT_ALIVE;
    return post(this.form, body, { keepalive, signal: AbortSignal.timeout(PATIENCE) });
  }

  take({ ok, status, json, page }, typed) {
    if (ok && json) {
      const based = this.form.elements.based_on;
      if (based) based.value = json.revision;
      this.saved = typed;
      this.wait = 1;
      this.line.say(`Saved at ${json.at}`, "Your words are saved as you type.");
      return;
    }
    // What the server took in and judged need not be sent again until it changes.
    this.again = !json;
    if (json) this.saved = typed;
    const heading = page?.querySelector("h1")?.textContent.trim();
    this.fail(json?.reason || (status === 401 ? OUT : heading) || UNREACHABLE);
  }

  fail(reason) {
    this.wait *= 2;
    const stop = /[.!?]$/.test(reason) ? "" : ".";
    this.line.say(`Not saved: ${reason}${stop} Your words are still on this page.`);
  }
}

/**
 * The line above the buttons that says when the page was saved. Everybody sees each change; a
 * screen reader is told of the first save, and of trouble once, so that it does not chatter.
 */
function line(form) {
  const shown = document.createElement("p");
  shown.className = "autosave";
  const told = document.createElement("p");
  told.className = "govuk-visually-hidden";
  told.setAttribute("role", "status");
  (form.querySelector(".govuk-button-group") ?? form.lastChild).before(shown, told);
  return {
    say(words, aloud = words) {
      shown.textContent = words;
      shown.classList.toggle("autosave--failed", words === aloud);
      if (told.textContent !== aloud) told.textContent = aloud;
    },
  };
}
