// Warns two minutes before somebody is signed out. The server alone knows when that is, because
// another tab may have been used: it is asked first, and asking extends nothing. Time is read from
// the clock and not counted, because a laptop that sleeps counts nothing.
const WARN = 120; // seconds before the end
const LOOK = 1; // seconds between two looks at the clock
const ASK = 10; // seconds between two questions while the warning is open
const RENEWED_WITHIN = 60; // the server renews a session at most once a minute

/** Watches over the session, on pages that have the dialog. */
export function idle() {
  const dialog = document.querySelector("dialog[data-idle]");
  if (dialog?.showModal) new Watch(dialog);
}

class Watch {
  constructor(dialog) {
    this.dialog = dialog;
    this.endsAt = now() + Number(dialog.dataset.idle) - RENEWED_WITHIN;
    this.askedAt = -Infinity;
    this.ended = false;
    this.part("stay").addEventListener("click", () => this.stay());
    this.part("close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("cancel", (event) => {
      if (this.ended) return;
      event.preventDefault();
      this.stay();
    });
    setInterval(() => this.look(), LOOK * 1000);
    for (const event of ["pageshow", "focus"]) addEventListener(event, () => this.look(true));
  }

  part(name) {
    return this.dialog.querySelector(`[data-idle-${name}]`);
  }

  /** Warns when it is time, and keeps an open warning up to date.
   *
   * Whoever was signed out may have signed in elsewhere once they come back to this page.
   */
  look(comesBack = false) {
    const left = this.endsAt - now();
    if (this.ended ? !comesBack : left > WARN) return;
    if (this.dialog.open) this.count(left);
    if (now() - this.askedAt >= ASK) this.ask("GET");
  }

  async stay() {
    this.part("trouble").textContent = "";
    if (await this.ask("POST")) return;
    this.part("trouble").textContent = "InfoShare could not be reached. Try again.";
  }

  /** True when the server answered; what it said has been done by then. */
  async ask(method) {
    this.askedAt = now();
    let left;
    try {
      const reply = await fetch(this.dialog.dataset.ask, { method, redirect: "error" });
      if (!reply.ok) return false;
      ({ left } = await reply.json());
    } catch {
      return false;
    }
    this.endsAt = now() + left;
    if (this.ended !== left <= 0) this.turn(left <= 0);
    else if (left > WARN) this.dialog.close();
    else if (left > 0) this.warn(left);
    return true;
  }

  warn(left) {
    if (this.dialog.open) return;
    // Read out once, when the dialog opens; the figures that run below are for the eye alone.
    this.part("about").textContent = left > 60 ? "less than 2 minutes" : "less than a minute";
    this.count(left);
    this.dialog.showModal();
  }

  count(left) {
    const whole = Math.max(0, Math.ceil(left));
    const seconds = String(whole % 60).padStart(2, "0");
    this.part("count").textContent = `${Math.floor(whole / 60)}:${seconds}`;
  }

  /** Says that it is over, or no more. The page stays: a save hands the words back (keep.js). */
  turn(ended) {
    this.ended = ended;
    this.dialog.close(); // and open again, so that the new words are read out
    this.dialog.querySelector('[data-idle-part="warning"]').hidden = ended;
    this.dialog.querySelector('[data-idle-part="ended"]').hidden = !ended;
    this.dialog.setAttribute("aria-labelledby", ended ? "idle-ended" : "idle-title");
    this.dialog.setAttribute("aria-describedby", ended ? "idle-kept" : "idle-words");
    this.dialog.classList.toggle("idle--ended", ended);
    if (ended) this.dialog.showModal();
  }
}

function now() {
  return Date.now() / 1000;
}
