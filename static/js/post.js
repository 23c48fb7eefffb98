// Sends a form by fetch as a plain submit would, and reads what came back.

/** What a plain submit would send, with its line breaks; `more` are a button's name and value. */
export function fields(form, more) {
  // Counts the sends of this page, so that the server knows one that was overtaken.
  const turn = form.elements.turn;
  if (turn) turn.value = Number(turn.value) + 1;
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    typed.append(name, value.replace(/\r\n|\r|\n/g, "\r\n"));
  }
  if (more?.name) typed.append(more.name, more.value);
  return typed;
}

/** The reply: its page or its JSON, and where it leads. */
export async function post(form, body, options = {}) {
  const response = await fetch(form.getAttribute("action") ?? location.href, {
    ...options,
    method: "POST",
    body,
    headers: { "InfoShare-Save": "1" },
    redirect: "error",
  });
  const { ok, status, headers } = response;
  const reply = { ok, status, go: headers.get("InfoShare-Go") };
  const isJson = headers.get("Content-Type")?.startsWith("application/json");
  if (isJson) return { ...reply, json: await response.json() };
  return { ...reply, page: new DOMParser().parseFromString(await response.text(), "text/html") };
}

/** Takes the fresh token of a refusal, if its page brought one. */
export function renew(form, page) {
  const fresh = page?.querySelector("main [name=csrfmiddlewaretoken]");
  const held = form.querySelector("[name=csrfmiddlewaretoken]");
  if (!fresh || !held) return false;
  held.value = fresh.value;
  return true;
}
