/**
 * The check and the door page, made quicker: search in the signs, the words of another profession without a new page,
 * what you can do while you tick, and everything worked out on the device when there is no network.
 * Without this script the pages do the same with the server. Nothing that is ticked is kept or put in an address.
 */
import { chooseFromAddress, el, fill, load, pageLanguage, sendOr } from "./page.js";

const PAUSE_MS = 200;
const form = document.querySelector("form#check, form#doors");
const signs = document.getElementById("signs");
const search = document.getElementById("sign-search");
const count = document.getElementById("sign-count");
const profession = document.getElementById("profession");
const panel = document.getElementById("result-body");

/** @param {() => void} task @returns {() => void} the task, once things are quiet */
function calmly(task) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(task, PAUSE_MS);
  };
}

/* The rules and the facts are fetched when somebody ticks, not before. */
async function result() {
  const [module, bundle] = await Promise.all([import("./result.js"), load("bundle")]);
  return { ...module, bundle };
}

// --- while you tick ------------------------------------------------------------------------------------------------

const untouched = panel ? [...panel.childNodes] : [];

async function update() {
  try {
    const { readForm, panelParts, bundle } = await result();
    const parts = panelParts(bundle, readForm(form, bundle), new Date()) ?? untouched;
    // A screen reader reads the panel out when it changes; the same text again would only be noise.
    const text = parts.map((part) => part.textContent).join("");
    if (text !== panel.textContent) panel.replaceChildren(...parts);
  } catch {
    panel.replaceChildren(...untouched);
  }
}

// --- search --------------------------------------------------------------------------------------------------------

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function filterSigns() {
  const wanted = plain(search.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const label of signs.querySelectorAll(".sign")) {
    const text = plain(label.textContent);
    label.hidden = !wanted.every((word) => text.includes(word));
    found += label.hidden ? 0 : 1;
  }
  for (const group of signs.querySelectorAll(".sign-group")) group.hidden = !group.querySelector(".sign:not([hidden])");
  const more = signs.querySelector("details");
  if (more) {
    more.open = wanted.length > 0 || more.querySelector("input:checked") !== null;
    more.hidden = !more.querySelector(".sign:not([hidden])");
  }
  return wanted.length ? found : null;
}

async function announce(found) {
  if (found === null) {
    count.textContent = "";
    return;
  }
  const bundle = await load("bundle").catch(() => null);
  count.textContent = bundle ? fill(bundle.words.sign_count, { count: found }) : String(found);
}

// --- the words of another profession -------------------------------------------------------------------------------

async function changeProfession() {
  const ticked = [...form.querySelectorAll('input[name="signs"]:checked, input[name="signs"][type="hidden"]')];
  const codes = new Set(ticked.map((input) => input.value));
  const address = `/${pageLanguage()}/check/signs/?profession=${encodeURIComponent(profession.value)}`;
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) return;
  const fragment = new DOMParser().parseFromString(await response.text(), "text/html").body;
  for (const input of fragment.querySelectorAll('input[name="signs"]')) input.checked = codes.delete(input.value);
  // What is not on the new list stays ticked all the same.
  fragment.append(...[...codes].map((code) => el("input", { type: "hidden", name: "signs", value: code })));
  signs.replaceChildren(...fragment.childNodes);
  filterSigns();
}

// --- without a network ---------------------------------------------------------------------------------------------

async function showHere() {
  const target = document.getElementById("offline-result");
  const { readForm, fullResult, findPlace, bundle } = await result();
  const answers = readForm(form, bundle);
  const place = await findPlace(form);
  target.replaceChildren(...fullResult(bundle, answers, place, new Date(), form.id === "check"));
  target.scrollIntoView();
  target.focus();
}

// --- start ---------------------------------------------------------------------------------------------------------

function startCheck() {
  const updateCalmly = calmly(update);
  form.addEventListener("change", updateCalmly);
  const announceCalmly = calmly(() => announce(filterSigns()));
  search.addEventListener("input", announceCalmly);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  profession.addEventListener("change", changeProfession);
  document.getElementById("change-profession").hidden = true;
  if (chooseFromAddress(profession)) changeProfession();
  if (form.querySelector('input[name="signs"]:checked, input[name="danger"][value="now"]:checked')) update();
}

if (form) {
  sendOr(form, showHere);
  if (form.id === "check") startCheck();
}
