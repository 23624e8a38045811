/**
 * A result in the page, worked out on the device: the short panel beside the check, and all of it without a network.
 * The same parts and classes as the templates in `routes/templates/` and `ui/templates/ui/components/`.
 * Every text comes from the bundle and is set as text.
 */
import { route, runCheck } from "./engine.js";
import { el, fill, icon, load, pageLanguage } from "./page.js";
import { findPlaces } from "./places.js";

const ICONS = { none: "info", watch: "eye-watch", discuss: "talk", report: "report", call_now: "siren" };
const LEVELS = Object.keys(ICONS);
const CONFIDENCE_ICONS = { confirmed: "check", reported: "info", unconfirmed: "warning" };
const PANEL_WATCH = 3;
const PANEL_DOORS = 2;

/**
 * What is filled in now; an answer that does not exist counts as unknown.
 * @param {HTMLFormElement} form @param {Object} bundle @returns {{situation: Object<string, string>, signs: string[]}}
 */
export function readForm(form, bundle) {
  const data = new FormData(form);
  const situation = { ...bundle.defaults, profession: "other" };
  for (const name of Object.keys(situation)) {
    const value = data.get(name);
    if (bundle.fields[name]?.includes(value)) situation[name] = value;
  }
  return { situation, signs: data.getAll("signs").filter((code) => Object.hasOwn(bundle.signs, code)) };
}

/** @returns {Promise<?Object>} the place that is typed; null for none, undefined for one that nobody knows */
export async function findPlace(form) {
  const typed = new FormData(form).get("municipality")?.trim();
  if (!typed) return null;
  return findPlaces(await load("places"), typed)[0];
}

// --- the panel -----------------------------------------------------------------------------------------------------

/** Short parts for the panel; null when there is nothing to say yet. */
export function panelParts(bundle, { situation, signs }, now) {
  const checked = runCheck(bundle, signs, situation);
  if (checked.action === "none") return null;
  const { words } = bundle;
  const rules = checked.assessments.flatMap((item) => firedRules(bundle, item));
  const watch = watchTexts(bundle, checked).slice(0, PANEL_WATCH);
  const doors = route(bundle, checked.situation, null, now).doors.filter((door) => door.phones.length).slice(0, PANEL_DOORS);
  const more = el(
    "div.result-panel__more.stack.stack--tight",
    {},
    el("p.small", {}, reasonText(words, checked)),
    rules.length > 0 && el("ul.small", {}, ...rules.map((text) => el("li", {}, text))),
    watch.length > 0 && el("p", {}, el("strong", {}, words.watch_for)),
    watch.length > 0 && el("ul.watch-for.small", {}, ...watch.map((text) => el("li", {}, text))),
    ...doors.map((door) => el("p", {}, door.name, " ", phoneLink(bundle, door, door.phones[0]))),
  );
  return [actionPart(words, checked.action, "p"), more];
}

function firedRules(bundle, assessment) {
  const { words } = bundle;
  const fired = assessment.dimensions.filter((dimension) => dimension.rule !== null);
  return fired.map(({ title, rule }) => `${title}: ${words[`rule_${rule}`] ?? words.rule_holds}`);
}

/* What asks for most comes first, each text once, as in routes/explain.py. */
function watchTexts(bundle, { assessments }) {
  const urgency = ({ action }) => (action === "call_now" ? 0 : action === "report" ? 1 : 2);
  const all = assessments.flatMap((item) => item.watch_for).sort((first, second) => urgency(first) - urgency(second));
  return [...new Set(all.map(({ sign }) => bundle.signs[sign]))];
}

const reasonText = (words, checked) => checked.reasons.map((reason) => words[`reason_${reason}`]).join(" ");

/* Whom to call before reading on, as first_calls in routes/cards.py. */
function firstCalls(bundle, doors, action, now) {
  const reachable = doors.filter((door) => door.phones.length);
  const others = reachable.filter(({ id }) => id !== "emergency");
  const emergency = reachable.filter(({ id }) => id === "emergency" && action === "call_now");
  const first = others.find(({ open }) => open !== false) ?? others[0];
  const items = [...emergency, first].filter(Boolean).map((door) => {
    const link = phoneLink(bundle, door, door.phones[0]);
    const named = link.querySelector(".visually-hidden");
    named.className = "tel__label";
    return el("li", {}, link, door.id !== "emergency" && statusPart(bundle, door, now));
  });
  return items.length > 0 && el("ul.action__calls", {}, ...items);
}

function actionPart(words, action, heading, calls = false) {
  const level = LEVELS.indexOf(action);
  const steps = LEVELS.slice(1).map((_, index) => el("li", { class: index < level && "is-on" }));
  const scale = el("ul.action__scale", { "aria-hidden": "true" }, ...steps);
  const body = el("div.action__body", {}, el(`${heading}.action__title`, {}, words[`action_${action}`]), scale);
  return el(`div.action.action--${action}`, {}, icon(ICONS[action]), body, calls);
}

// --- the full result -----------------------------------------------------------------------------------------------

/**
 * Everything the result page shows, for when there is no network.
 * @param {Object} bundle @param {{situation: Object, signs: string[]}} answers
 * @param {?Object} place  undefined: typed, but unknown
 * @param {Date} now @param {boolean} withCheck  false on the door page
 * @returns {Node[]}
 */
export function fullResult(bundle, { situation, signs }, place, now, withCheck) {
  const { words } = bundle;
  const checked = withCheck && runCheck(bundle, signs, situation);
  const found = route(bundle, checked ? checked.situation : situation, place ?? null, now);
  const steps = (kind) => found.steps.filter((step) => step.kind === kind);
  const parts = [
    el("h2", {}, words.offline_title),
    notice("info", "offline", words.offline_note, words.offline_hours),
    place === undefined && notice("warning", "warning", words.place_not_found),
    checked && actionPart(words, checked.action, "h3", firstCalls(bundle, found.doors, checked.action, now)),
    checked && el("p.result-reason", {}, reasonText(words, checked)),
    section(words.do_title, steps("do").length > 0 && stepList(words, steps("do"))),
    section(words.dont_title, steps("dont").length > 0 && stepList(words, steps("dont"))),
    doorsSection(bundle, found.doors, place, now),
    checked && checked.assessments.length > 0 && whySection(bundle, checked),
    checked && noteSection(bundle, checked, now),
  ];
  return parts.filter(Boolean);
}

/** A part of a result under its own heading; false when there is nothing in it. */
export function section(title, ...children) {
  return children.some(Boolean) && el("section.section", {}, el("h3", {}, title), ...children);
}

/** @param {"info"|"warning"} kind @param {string} name  of the icon @param {...string} texts */
export function notice(kind, name, ...texts) {
  const body = el("div.notice__body", {}, ...texts.map((text) => el("p", {}, text)));
  return el(`div.notice.notice--${kind}`, {}, icon(name), body);
}

const chip = (style, name, text) => el(`li.chip.${style}`, {}, icon(name), " ", text);

/** Steps of one kind, do or do not, with their reason and footing where they have one. */
export function stepList(words, steps) {
  const dont = steps[0].kind === "dont";
  const items = steps.map((step, index) => {
    const mark = dont
      ? el("span.steps__mark", {}, icon("cross", words.dont))
      : el("span.steps__mark", { "aria-hidden": "true" }, String(index + 1));
    const footing = step.footing && step.footing !== "nothing_shared";
    const body = el(
      "div.steps__body",
      {},
      el("p.steps__text", {}, step.text),
      step.why && el("p.small.muted", {}, step.why),
      footing && el("ul.cluster", {}, chip("chip--footing", "scale", words[`footing_${step.footing}`])),
      step.source && el("p.small.muted", {}, `${words.source} ${step.source}`),
    );
    return el("li", {}, mark, body);
  });
  return el(dont ? "ol.steps.steps--dont" : "ol.steps", {}, ...items);
}

function whySection(bundle, checked) {
  const { words } = bundle;
  const cards = checked.assessments.map((item) => whyCard(bundle, item));
  return section(words.why_title, el("p.muted", {}, words.why_note), ...cards);
}

function whyCard(bundle, item) {
  const { words } = bundle;
  const instrument = bundle.instruments.find(({ id }) => id === item.instrument);
  const dimensions = item.dimensions.filter((dimension) => dimension.signs.length);
  const rules = dimensions.map((dimension) => {
    const has = Object.keys(instrument.dimensions[dimension.id].rules).length > 0;
    const fired = dimension.positive
      ? el("span.chip.chip--ok", {}, `${words.rule_holds}: ${words[`rule_${dimension.rule}`] ?? dimension.rule}`)
      : has && el("span.chip", {}, words.rule_does_not_hold);
    const signs = dimension.signs.map((code) => el("li", {}, bundle.signs[code]));
    return el("li.why__rule", {}, el("strong", {}, dimension.title), " ", fired, el("ul", {}, ...signs));
  });
  const watch = watchTexts(bundle, { assessments: [item] });
  return el(
    "article.card.why",
    {},
    el("h4.card__title", {}, instrument.title),
    el("p", {}, item.text),
    el("ul.list-plain.stack.stack--tight", {}, ...rules),
    watch.length > 0 && more(words.watch_for, el("p", {}, words.watch_for_note), textList("watch-for", watch)),
    more(words.limits, textList("limits", item.limits)),
  );
}

/** Something that opens when asked. */
export const more = (title, ...children) => el("details.more", {}, el("summary", {}, title), ...children);
const textList = (name, texts) => el(`ul.${name}`, {}, ...texts.map((text) => el("li", {}, text)));

function noteSection(bundle, checked, now) {
  const { words } = bundle;
  const moment = new Intl.DateTimeFormat(pageLanguage(), { dateStyle: "long", timeStyle: "short" }).format(now);
  const lines = [fill(words.note_moment, { moment })];
  if (checked.signs.length) lines.push(words.note_signs, ...checked.signs.map((code) => `- ${bundle.signs[code]}`));
  lines.push(`${words.note_advice} ${words[`action_${checked.action}`]}`);
  const record = el("div.record", { tabindex: 0 }, lines.join("\n"));
  const copy = el("button.button.button--secondary", { type: "button" }, words.copy);
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(record.textContent);
    copy.textContent = words.copied;
  });
  const button = navigator.clipboard && el("p", {}, copy);
  return section(words.note_title, el("p", {}, words.note_help), record, button);
}

// --- doors ---------------------------------------------------------------------------------------------------------

function phoneLink(bundle, door, phone) {
  const { words } = bundle;
  const doubt = phone.confidence === "unconfirmed" && words.not_confirmed_number;
  const label = [phone.label, doubt].filter(Boolean).join(" ");
  const text = el(
    "span",
    {},
    el("span.visually-hidden", {}, fill(words.call, { name: door.name })),
    " ",
    el("span.ltr.nowrap", {}, phone.text),
    label && " ",
    label && el("span.tel__label", {}, label),
  );
  const emergency = door.id === "emergency" ? ".tel--emergency" : "";
  return el(`a.tel${emergency}`, { href: `tel:${phone.href}` }, icon("phone"), text);
}

function statusPart(bundle, door, now) {
  const { words } = bundle;
  // Without a number there is nothing to be open.
  if (door.open === null && !door.phones.length) return false;
  if (door.open === true) return el("span.status.status--open", {}, icon("open"), " ", words.open);
  if (door.open === null) return el("span.status.status--unknown", {}, icon("unknown"), " ", words.hours_unknown);
  const moment = door.opens_at && momentText(bundle, door.opens_at, now);
  const text = moment ? fill(words.closed_opens, { moment }) : words.closed;
  return el("span.status.status--closed", {}, icon("closed"), " ", text);
}

/* The clock time and the day are those of the country, wherever this device is. */
function momentText({ words, timezone }, iso, now) {
  const [date, time] = [iso.slice(0, 10), iso.slice(11, 16)];
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short" }).format(now);
  const tomorrow = new Date(Date.parse(today) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  if (date === today) return fill(words.today_at, { time });
  if (date === tomorrow) return fill(words.tomorrow_at, { time });
  const options = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  const day = new Intl.DateTimeFormat(pageLanguage(), options).format(new Date(date));
  return fill(words.day_at, { day, time });
}

/** The doors of a route, as on the result page. */
export function doorsSection(bundle, doors, place, now) {
  const cards = doors.map((door) => doorCard(bundle, door, place, now));
  return section(bundle.words.doors_title, el("div.stack", {}, ...cards));
}

function doorCard(bundle, door, place, now) {
  const { words } = bundle;
  const emergency = door.id === "emergency" ? ".door--emergency" : "";
  const names = [door.region, door.own ? words.own_focal_point : door.local_name].filter(Boolean).join(": ");
  const region = names && door.region_confidence === "unconfirmed" ? `${names} (${words.region_unconfirmed})` : names;
  const chips = door.footing.map((code) => chip("chip--footing", "scale", words[`footing_${code}`]));
  if (door.needs_consent) chips.unshift(chip("chip--warning", "lock", words.needs_consent));
  const { expect } = bundle.doors[door.id];
  return el(
    `article.door${emergency}`,
    {},
    el("div.door__head", {}, el("h4.door__name", {}, door.name), statusPart(bundle, door, now)),
    region && el("p.muted", {}, region),
    el("p.door__why", {}, door.why),
    place && door.region_unknown && el("p.small.muted", {}, door.phones.length ? words.region_unknown : words.region_ask),
    el("div.cluster", {}, ...door.phones.map((phone) => phoneLink(bundle, door, phone)), mailLink(door), websiteLink(words, door)),
    door.say && el("blockquote.say", {}, el("span.say__label", {}, words.say), " ", door.say),
    el("ul.cluster", { "aria-label": words.call_facts }, ...chips),
    expect && more(words.expect, el("p", {}, expect)),
    factPart(words, door),
  );
}

function mailLink({ email }) {
  return email && el("a.button", { href: `mailto:${email}` }, icon("link"), " ", email);
}

function websiteLink(words, door) {
  const attributes = { href: door.url, rel: "noopener noreferrer external" };
  const name = el("span.visually-hidden", {}, door.name);
  return door.url && el("a.button", attributes, icon("link"), ` ${words.website} `, name);
}

function factPart(words, { source, checked_on, confidence }) {
  const format = new Intl.DateTimeFormat(pageLanguage(), { dateStyle: "long", timeZone: "UTC" });
  const date = format.format(new Date(checked_on));
  return el(
    "div.fact",
    {},
    el("p", {}, `${words.source} ${source}`),
    el("p", {}, fill(words.checked_on, { date })),
    el(`p.confidence.confidence--${confidence}`, {}, icon(CONFIDENCE_ICONS[confidence]), " ", words[confidence]),
  );
}
