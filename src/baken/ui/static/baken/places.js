/**
 * Find a municipality by what somebody typed, without a network: the same answers as `packs/places.py`.
 * Reads the file that `places_bundle` in `routes/bundle.py` makes; fetched only when somebody names a place.
 *
 * @typedef {import("./engine.js").Place} Place
 */

const ranges = new WeakMap();

/** @param {string} text @returns {string} lower case without accents, punctuation and article */
export function folded(text) {
  const plain = text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, " ").trim();
}

/**
 * All municipalities that a name, code or postcode can mean, most likely first.
 * @param {Object} places @param {string} typed @returns {Place[]}
 */
export function findPlaces(places, typed) {
  const text = typed.trim();
  const byCode = rowsOf(places, [text.toUpperCase()]);
  if (byCode.length) return byCode;
  const postcode = /^([1-9][0-9]{3})\s*(?:[A-Za-z]{2})?$/.exec(text);
  if (postcode) {
    const number = postcode[1];
    return rowsOf(places, [codeOfPostcode(places, Number(number)), places.second[number]]);
  }
  const name = folded(text);
  const wanted = Object.hasOwn(places.aliases, name) ? places.aliases[name] : name;
  return places.municipalities.filter((row) => folded(row[1]) === wanted).slice(-1).map((row) => asPlace(places, row));
}

function rowsOf(places, codes) {
  const known = codes.map((code) => places.municipalities.find((row) => row[0] === code));
  return known.filter(Boolean).map((row) => asPlace(places, row));
}

function asPlace(places, [code, name, ...indexes]) {
  const known = places.kinds.map((kind, index) => [kind, places.regions[kind][indexes[index]]]);
  return { code, name, regions: Object.fromEntries(known.filter(([, region]) => region)) };
}

function codeOfPostcode(places, number) {
  if (!ranges.has(places)) ranges.set(places, Object.entries(places.postcodes).flatMap(parsed));
  return ranges.get(places).find(({ first, last }) => first <= number && number <= last)?.code;
}

/* "1011-1019 1021" -> the ranges of one municipality. */
function parsed([code, text]) {
  return text.split(" ").map((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return { code, first, last };
  });
}
