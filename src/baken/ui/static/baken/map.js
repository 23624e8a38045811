/**
 * The search page of the social map without a network: the services that the device kept, by need, for whom, language, place and
 * words. With a network the server answers, as it does without JavaScript.
 */
import { el, icon, load, pageLanguage, sendOr } from "./page.js";
import { readSigned } from "./signed.js";

const form = document.getElementById("find");
const FOR_WHOM = { gender: "g", age: "a", status: "s" };
const OTHER = { need: "n", form: "f", access: "x" };

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/* The tokens of a question that was answered; one of them is enough. */
const asked = (data, name, letter) => data.getAll(name).map((code) => `${letter}:${code}`);

function fits(service, data, municipality, everywhere) {
  const has = new Set(service.facets);
  const any = (tokens) => tokens.length === 0 || tokens.some((token) => has.has(token));
  const says = (letter) => service.facets.some((token) => token.startsWith(`${letter}:`));
  const words = plain(String(data.get("text") ?? "")).split(/\s+/).filter(Boolean);
  const text = plain([service.name, service.provider, service.about, service.kind, ...service.needs].join(" "));
  const language = data.get("language");
  return (
    words.every((word) => text.includes(word)) &&
    Object.entries(OTHER).every(([name, letter]) => any(asked(data, name, letter))) &&
    Object.entries(FOR_WHOM).every(([name, letter]) => !says(letter) || any(asked(data, name, letter))) &&
    (!language || has.has(`l:${language}`) || has.has("i:yes")) &&
    (!municipality || has.has(everywhere) || has.has(`m:${municipality.toLowerCase()}`))
  );
}

function call([display, href]) {
  return el("a.tel", { href }, icon("phone"), el("span.ltr.nowrap", {}, display));
}

function shown(service, texts) {
  return el(
    "li.hit", {},
    el("h3.hit__name", {}, service.name),
    el("p.muted.small", {}, [service.kind, service.provider].join(" · ")),
    service.about ? el("p", {}, service.about) : null,
    service.phones.length ? el("p.cluster", {}, ...service.phones.map(call)) : null,
    el("p.small", {}, service.hours || texts.hours_unknown),
    service.languages.length ? el("p.small.muted", {}, service.languages.join(", ")) : null,
  );
}

async function placeOf(data, texts) {
  const typed = String(data.get("place") ?? "").trim();
  if (!typed) return {};
  const [{ findPlaces }, places] = await Promise.all([import("./places.js"), load("places")]);
  const found = findPlaces(places, typed)[0];
  return found ? { code: found.code } : { problem: texts.place };
}

/* Nothing that can be trusted is kept: the page that says so and leads to the doors. Without that one the browser says it. */
async function nothingKept() {
  const page = `/${pageLanguage()}/offline/`;
  if (!(await globalThis.caches?.match(page))) throw new Error("nothing is kept");
  window.location.assign(page);
}

async function withoutNetwork() {
  const kept = await readSigned(`/${pageLanguage()}/map/list.json`, document.body.dataset.mapKey ?? "").catch(() => null);
  return kept ? show(kept) : nothingKept();
}

async function show(kept) {
  const { texts } = kept;
  const data = new FormData(form);
  const place = await placeOf(data, texts);
  const hits = kept.services.filter((service) => fits(service, data, place.code, kept.everywhere));
  const old = new Date().toISOString().slice(0, 10) > kept.valid_until;
  const left = data.get("within") || data.get("when");
  const section = el(
    "section.find__found", { id: "found", tabindex: "-1", "aria-labelledby": "found-title" },
    el("h2", { id: "found-title" }, texts.title),
    el("p", { role: "status" }, old ? texts.old : texts.kept),
    place.problem ? el("p.field__error", {}, place.problem) : null,
    left ? el("p.muted", {}, texts.left_out) : null,
    hits.length ? null : el("p", {}, texts.none),
    el("ol.hits", {}, ...hits.map((service) => shown(service, texts))),
    el("p", {}, el("a.button", { href: `/${pageLanguage()}/doors/` }, texts.doors)),
  );
  (document.getElementById("found") ?? document.querySelector(".find__aside")).replaceWith(section);
  section.focus();
}

if (form) sendOr(form, withoutNetwork);
