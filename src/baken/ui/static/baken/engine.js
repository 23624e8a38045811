/**
 * The rules of Baken in the browser: the same assessment and the same route as `recognise/assessment.py`,
 * `recognise/check.py` and `routes/router.py`, for use without a network.
 *
 * Pure: no page, no storage, no network and no clock of its own. All facts come from the bundle (`routes/bundle.py`).
 * `tests/routes/test_browser_parity.py` holds this file and Python together; change both or neither.
 *
 * @typedef {Object<string, *>} When          field -> value or list; `any`, `all` and `not` combine
 * @typedef {Object<string, string>} Values   field -> value
 * @typedef {{strong: number, medium: number, weak: number, unweighted: number}} Counts
 * @typedef {"none"|"watch"|"discuss"|"report"|"call_now"} Action
 * @typedef {{open: ?boolean, opens_at: ?string, closes_at: ?string, always: boolean}} OpenState
 * @typedef {{name: string, door?: string, confidence: string}} Region
 * @typedef {{code: string, name: string, regions: Object<string, Region>}} Place
 */

/** Levels of what to do, lowest first. Never a level of guilt or likelihood. */
export const ACTIONS = Object.freeze(["none", "watch", "discuss", "report", "call_now"]);

const SEVERAL = 2;
const MINUTE_MS = 60000;
const DAY_MINUTES = 1440;
const ALWAYS = Object.freeze({});
const NO_COUNTS = Object.freeze({ strong: 0, medium: 0, weak: 0, unweighted: 0 });

const higher = (first, second) => (ACTIONS.indexOf(second) > ACTIONS.indexOf(first) ? second : first);

// --- conditions ----------------------------------------------------------------------------------------------------

/** @param {When} when @returns {(values: Values) => boolean} whether the condition holds; `{}` always does */
export function compileCondition(when) {
  const tests = Object.entries(when).map(([key, value]) => compileEntry(key, value));
  return (values) => tests.every((test) => test(values));
}

function compileEntry(key, value) {
  if (key === "not") {
    const inner = compileCondition(value);
    return (values) => !inner(values);
  }
  if (key === "any" || key === "all") {
    const parts = value.map(compileCondition);
    if (key === "any") return (values) => parts.some((part) => part(values));
    return (values) => parts.every((part) => part(values));
  }
  const allowed = new Set([value].flat());
  return (values) => allowed.has(values[key]);
}

const compiled = new WeakMap();

/** @param {When} [when] @param {Values} values @returns {boolean} */
export function holds(when, values) {
  const condition = when ?? ALWAYS;
  if (!compiled.has(condition)) compiled.set(condition, compileCondition(condition));
  return compiled.get(condition)(values);
}

// --- the check -----------------------------------------------------------------------------------------------------

function plus(counts, weight) {
  const key = weight === "none" ? "unweighted" : weight;
  return { ...counts, [key]: counts[key] + 1 };
}

function firedRule(dimension, counts) {
  const fired = Object.entries(dimension.rules).find(
    ([, least]) =>
      counts.strong >= (least.strong ?? 0) &&
      counts.medium >= (least.medium ?? 0) &&
      counts.weak >= (least.weak ?? 0) &&
      counts.medium + counts.weak >= (least.medium_or_weak ?? 0),
  );
  return fired ? fired[0] : null;
}

function findOutcome(instrument, counts, anyUrgent) {
  const all = Object.values(counts);
  const ticked = all.flatMap(Object.values).reduce((sum, count) => sum + count, 0);
  const values = {};
  for (const [code, dimension] of Object.entries(instrument.dimensions)) {
    values[code] = firedRule(dimension, counts[code]) === null ? "negative" : "positive";
  }
  values.ticked = ticked === 0 ? "none" : ticked < SEVERAL ? "one" : "several";
  values.strong = all.some((item) => item.strong) ? "yes" : "no";
  values.urgent = anyUrgent ? "yes" : "no";
  return instrument.outcomes.find((outcome) => holds(outcome.when, values));
}

/** Signs of which one more would change the outcome; signs that do the same are tried once. */
function watchFor(instrument, counts, ticked, urgent, anyUrgent, outcome) {
  const tried = new Map();
  const found = [];
  for (const [sign, dimension, weight] of instrument.signs) {
    if (ticked.has(sign)) continue;
    const kind = `${dimension} ${weight} ${urgent.has(sign)}`;
    if (!tried.has(kind)) {
      const more = { ...counts, [dimension]: plus(counts[dimension], weight) };
      tried.set(kind, findOutcome(instrument, more, anyUrgent || urgent.has(sign)));
    }
    const changed = tried.get(kind);
    if (changed.id !== outcome.id) found.push({ sign, dimension, outcome: changed.id, action: changed.action });
  }
  return found;
}

/**
 * Assess ticked signs with one instrument.
 * @param {Object} instrument  one of `bundle.instruments`
 * @param {Iterable<string>} signs  ticked codes; codes that are not in the instrument do not count
 * @param {Iterable<string>} [urgentSigns]  codes of urgent signs
 */
export function assess(instrument, signs, urgentSigns = []) {
  const ticked = new Set(signs);
  const urgent = new Set(urgentSigns);
  const listed = instrument.signs.filter(([sign]) => ticked.has(sign));
  const counts = Object.fromEntries(Object.keys(instrument.dimensions).map((code) => [code, NO_COUNTS]));
  for (const [, dimension, weight] of listed) counts[dimension] = plus(counts[dimension], weight);
  const anyUrgent = listed.some(([sign]) => urgent.has(sign));
  const outcome = findOutcome(instrument, counts, anyUrgent);
  return {
    instrument: instrument.id,
    dimensions: Object.entries(instrument.dimensions).map(([id, dimension]) => {
      const rule = firedRule(dimension, counts[id]);
      const own = listed.filter((item) => item[1] === id).map(([sign]) => sign);
      return { id, title: dimension.title, positive: rule !== null, rule, signs: own, counts: counts[id] };
    }),
    outcome: outcome.id,
    text: outcome.text,
    action: outcome.action,
    published: outcome.published,
    watch_for: watchFor(instrument, counts, ticked, urgent, anyUrgent, outcome),
    limits: instrument.limits,
  };
}

/* Instruments for the age of the person, those of the profession first. */
function instrumentsFor(bundle, situation) {
  const own = bundle.professions[situation.profession]?.instruments ?? [];
  const place = (item) => (own.includes(item.id) ? own.indexOf(item.id) : own.length);
  return bundle.instruments
    .filter((item) => situation.age === "unknown" || item.ages.includes(situation.age))
    .sort((first, second) => place(first) - place(second));
}

/**
 * The signal check: every instrument that fits, and the house rules that only ever raise the action.
 * @param {Object} bundle @param {string[]} signs @param {Values} situation
 * @returns {{action: Action, reasons: string[], signs: string[], assessments: Object[], situation: Values}}
 */
export function runCheck(bundle, signs, situation) {
  const ticked = new Set(signs);
  const unknown = [...ticked].filter((code) => !Object.hasOwn(bundle.signs, code));
  if (unknown.length) throw new RangeError(`signs: unknown code ${unknown.sort().join(", ")}`);
  const codes = Object.keys(bundle.signs).filter((code) => ticked.has(code));
  const touched = instrumentsFor(bundle, situation)
    .map((item) => assess(item, codes, bundle.urgent))
    .filter((item) => item.dimensions.some((dimension) => dimension.signs.length));
  let action = touched.reduce((found, item) => higher(found, item.action), codes.length ? "watch" : "none");
  let reasons = touched.length && action !== "watch" ? ["instrument"] : [];
  if (codes.length && situation.age === "minor" && higher(action, "discuss") !== action) {
    [action, reasons] = ["discuss", ["minor"]];
  }
  const urgent = codes.some((code) => bundle.urgent.includes(code));
  if (urgent) [action, reasons] = ["call_now", ["urgent_sign"]];
  if (situation.danger === "now") [action, reasons] = ["call_now", ["danger_now", ...(urgent ? reasons : [])]];
  if (!reasons.length) reasons = [codes.length ? "few_signs" : "no_signs"];
  const danger = codes.some((code) => bundle.danger.includes(code)) ? "now" : situation.danger;
  return { action, reasons, signs: codes, assessments: touched, situation: { ...situation, danger } };
}

// --- the right door ------------------------------------------------------------------------------------------------

function situationValues(bundle, situation) {
  const values = { ...bundle.defaults, profession: "other", ...situation };
  for (const [field, allowed] of Object.entries(bundle.fields)) {
    if (field in values && !allowed.includes(values[field])) {
      throw new RangeError(`${field}: '${values[field]}' is not one of ${allowed.join(", ")}`);
    }
  }
  return { ...values, ...bundle.professions[values.profession]?.fields };
}

/**
 * Doors and steps by the rules alone: no place, no moment.
 * @param {Object} bundle @param {Values} situation
 * @returns {{doors: {rule: Object, footing: string[], needs_consent: boolean}[], steps: Object[]}}
 */
export function choose(bundle, situation) {
  const values = situationValues(bundle, situation);
  const consentPossible = bundle.consent_possible.includes(values.consent) && values.about !== "place";
  const possible = (footing) => footing.filter((code) => code !== "consent" || consentPossible);
  const doors = new Map();
  for (const rule of bundle.rules) {
    if (doors.has(rule.door) || !holds(rule.when, values)) continue;
    if (!bundle.doors[rule.door].ages.includes(values.age)) continue;
    const footing = possible(rule.footing);
    if (!footing.length) continue;
    doors.set(rule.door, { rule, footing, needs_consent: footing.length === 1 && footing[0] === "consent" });
  }
  const steps = bundle.steps.filter((step) => holds(step.when, values) && possible([step.footing]).length);
  return { doors: [...doors.values()], steps };
}

/**
 * The route for a situation in a place (null: unknown) at a moment.
 * @param {Object} bundle @param {Values} situation @param {?Place} place @param {Date} now
 */
export function route(bundle, situation, place, now) {
  const choice = choose(bundle, situation);
  const municipality = place ? { code: place.code, name: place.name } : null;
  const doors = choice.doors.map((chosen) => advice(bundle, chosen, place, now));
  return { municipality, doors: ownFirst(bundle, doors), steps: choice.steps };
}

/** The reader's own organisation comes before everybody else; only where there is danger does it come after. */
function ownFirst(bundle, doors) {
  const rank = (door) => (bundle.doors[door.id].kind === "emergency" ? 0 : door.own ? 1 : 2);
  return doors.some((door) => door.own) ? [0, 1, 2].flatMap((part) => doors.filter((door) => rank(door) === part)) : doors;
}

function advice(bundle, { rule, footing, needs_consent }, place, now) {
  const door = bundle.doors[rule.door];
  const region = (door.region_kind && place?.regions[door.region_kind]) || null;
  const phones = [...(region?.phones ?? []), ...(door.phones ?? [])];
  return {
    id: rule.door,
    name: door.name,
    rule: rule.id,
    why: rule.why,
    say: rule.say ?? door.say ?? null,
    footing,
    needs_consent,
    phone: phones[0]?.text ?? null,
    phones,
    ...openState(bundle, door.hours, now),
    region: region?.name ?? null,
    local_name: region?.door ?? null,
    region_unknown: Boolean(door.region_kind) && region === null,
    region_confidence: region?.confidence ?? null,
    email: region?.email ?? null,
    own: region?.own ?? false,
    url: door.url ?? null,
    source: door.source,
    checked_on: door.checked_on,
    confidence: door.confidence,
  };
}

// --- opening hours -------------------------------------------------------------------------------------------------

const formats = new Map();

/** Minutes since 1970 on the clock of a time zone, as if that clock were UTC. */
function wallMinutes(moment, zone) {
  if (!formats.has(zone)) {
    const date = { year: "numeric", month: "numeric", day: "numeric" };
    const time = { hour: "numeric", minute: "numeric", hourCycle: "h23" };
    formats.set(zone, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...date, ...time }));
  }
  const part = {};
  for (const { type, value } of formats.get(zone).formatToParts(moment)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) / MINUTE_MS;
}

/** The moment at which a clock shows `wall`, as ISO 8601; the first of two when the clock goes back, as in Python. */
function isoAt(wall, zone) {
  const offsetAt = (minutes) => wallMinutes(new Date(minutes * MINUTE_MS), zone) - minutes;
  const before = offsetAt(wall - DAY_MINUTES);
  const after = offsetAt(wall + DAY_MINUTES);
  const changed = before !== after && offsetAt(wall - before) !== before && offsetAt(wall - after) === after;
  const offset = changed ? after : before;
  const clock = new Date(wall * MINUTE_MS).toISOString().slice(0, 19);
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  return `${clock}${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}

/** Open parts of the day that starts at wall minute `start`; null on days for which the hours were not worked out. */
function partsOf(bundle, hours, start) {
  const day = new Date(start * MINUTE_MS);
  const date = day.toISOString().slice(0, 10);
  if (date < bundle.from || date >= bundle.until) return null;
  return hours.exceptions[date] ?? hours.week[(day.getUTCDay() + 6) % 7];
}

/** @param {Object} bundle @param {?Object} hours  from the bundle @param {Date} now @returns {OpenState} */
export function openState(bundle, hours, now) {
  const state = { open: null, opens_at: null, closes_at: null, always: Boolean(hours?.always) };
  if (!hours) return state;
  if (hours.always) return { ...state, open: true };
  const wall = wallMinutes(now, bundle.timezone);
  let start = Math.floor(wall / DAY_MINUTES) * DAY_MINUTES;
  let parts = partsOf(bundle, hours, start);
  if (parts === null) return state;
  const open = parts.some(([from, to]) => from <= wall - start && wall - start < to);
  let edge = wall;
  for (; parts !== null; start += DAY_MINUTES, parts = partsOf(bundle, hours, start)) {
    const change = changeIn(parts, open, edge - start);
    const moment = change < DAY_MINUTES && isoAt(start + change, bundle.timezone);
    if (moment) return { ...state, open, [open ? "closes_at" : "opens_at"]: moment };
    edge = start + DAY_MINUTES;
  }
  return { ...state, open };
}

/** First minute of a day, from `minute` on, at which being open changes; the whole day when it does not. */
function changeIn(parts, open, minute) {
  if (!open) return parts.find(([from]) => from >= minute)?.[0] ?? DAY_MINUTES;
  return parts.reduce((end, [from, to]) => (from <= end && end < to ? to : end), minute);
}
