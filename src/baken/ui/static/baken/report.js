/**
 * Report and follow: the work that keeps floods out is done while somebody writes, a hint shows when a text seems to point
 * to a person, and a form that cannot be sent stays as it is. Nothing is stored: close the page and it is gone.
 * Without this script the form is sent by the browser, and the server says the same things.
 */
import { pointsToPerson } from "./people.js";
import { solve } from "./work.js";

const PAUSE_MS = 250;
const TRIES = 3;
const work = new Map();

/* Each challenge is worked on once, however often it is asked for. */
function solved(challenge) {
  if (!work.has(challenge)) work.set(challenge, solve(challenge));
  return work.get(challenge);
}

function begin(form) {
  const challenge = form.elements.challenge?.value;
  if (challenge) solved(challenge);
}

// --- while somebody writes -----------------------------------------------------------------------------------------

const timers = new WeakMap();

function watch(event) {
  const form = event.target.closest?.("form[data-report]");
  if (!form) return;
  begin(form);
  if (!event.target.matches("[data-watch]")) return;
  clearTimeout(timers.get(event.target));
  timers.set(event.target, setTimeout(() => hint(event.target), PAUSE_MS));
}

function hint(control) {
  const place = document.getElementById(`${control.id}-people`);
  // Meanwhile the form may have been sent, and another page stand here.
  if (!place) return;
  const text = pointsToPerson(control.value) ? place.dataset.people : "";
  if (place.textContent !== text) place.textContent = text;
}

// --- sending -------------------------------------------------------------------------------------------------------

async function send(form) {
  const body = new FormData(form);
  const challenge = form.elements.challenge?.value;
  if (challenge) body.set("proof", await solved(challenge));
  const response = await fetch(form.action, { method: "POST", body, redirect: "follow", cache: "no-store" });
  // What a server says that is in trouble is no answer to the form: keep the form.
  if (response.status >= 500) throw new Error(String(response.status));
  return { page: new DOMParser().parseFromString(await response.text(), "text/html"), address: response.redirected && response.url };
}

/* It grew busier while somebody wrote: a new challenge came, so do that work too and send again, unseen. */
function again(form, page) {
  const fresh = page.querySelector("form[data-report] [name=challenge]");
  if (!page.querySelector("[data-again]") || !fresh) return false;
  form.elements.challenge.value = fresh.value;
  return true;
}

function show(form, page) {
  const main = document.getElementById("main");
  const fresh = page.getElementById("main");
  const files = form.elements.files;
  const place = fresh.querySelector("form[data-report] input[type=file]");
  if (files?.files.length && place && page.querySelector("[data-files-lost]")) {
    // The browser still holds what was chosen; only a page without this script must ask for it again.
    place.replaceWith(files);
    page.querySelector("[data-files-lost]").remove();
  }
  document.title = page.title;
  main.replaceChildren(...fresh.childNodes);
  const target = main.querySelector("#errors, #came-back") ?? main;
  target.focus();
  target.scrollIntoView({ block: target === main ? "start" : "center" });
  if (target === main) window.scrollTo(0, 0);
}

function busy(form, on) {
  const button = form.querySelector("button[data-busy]");
  const label = button.querySelector("span") ?? button;
  form.toggleAttribute("data-sending", on);
  button.setAttribute("aria-disabled", String(on));
  if (on) button.dataset.label = label.textContent;
  label.textContent = on ? button.dataset.busy : button.dataset.label;
}

async function submit(event) {
  const form = event.target.closest("form[data-report]");
  if (!form) return;
  event.preventDefault();
  if (form.hasAttribute("data-sending")) return;
  const failed = form.querySelector("[data-not-sent]");
  failed.hidden = true;
  busy(form, true);
  try {
    let found = await send(form);
    for (let tried = 1; tried < TRIES && again(form, found.page); tried += 1) found = await send(form);
    if (found.address) window.location.replace(found.address);
    else show(form, found.page);
  } catch {
    busy(form, false);
    failed.hidden = false;
    failed.scrollIntoView({ block: "center" });
  }
}

document.addEventListener("submit", submit);
document.addEventListener("input", watch);
document.addEventListener("focusin", watch);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
