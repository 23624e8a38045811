/** Small tools for pages: elements without markup in strings, the bundle, and whether there is a network. */

const PROBE_MS = 4000;

/** @returns {string} two-letter language of the page */
export const pageLanguage = () => document.documentElement.lang.slice(0, 2) || "nl";

const fetched = new Map();

/** @param {"bundle"|"places"} name @returns {Promise<Object>} fetched once per page; a failure may be tried again */
export function load(name) {
  if (!fetched.has(name)) {
    const promise = fetch(`/${pageLanguage()}/${name}.json`).then((response) => {
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      return response.json();
    });
    promise.catch(() => fetched.delete(name));
    fetched.set(name, promise);
  }
  return fetched.get(name);
}

/** Can the server be reached? Asked with HEAD, which the service worker leaves alone. @returns {Promise<boolean>} */
export async function online() {
  if (navigator.onLine === false) return false;
  try {
    await fetch("/robots.txt", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Before a form is sent: work it out here when the server cannot be reached, else let the browser send it.
 * @param {HTMLFormElement} form @param {() => Promise<void>} withoutNetwork
 */
export function sendOr(form, withoutNetwork) {
  let sending = false;
  let asking = false;
  form.addEventListener("submit", async (event) => {
    if (sending) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    sending = await online();
    asking = false;
    // What cannot be worked out here either is for the browser: it says what is wrong and keeps what was typed.
    if (!sending) sending = await withoutNetwork().then(() => false, () => true);
    if (sending) form.requestSubmit(event.submitter);
    sending = false;
  });
}

/**
 * A page that was kept knows nothing of its address: choose the reader's own work that a link names.
 * @param {HTMLSelectElement} select @returns {boolean} whether another option was chosen
 */
export function chooseFromAddress(select) {
  const asked = new URLSearchParams(window.location.search).get("profession");
  const option = [...select.options].find(({ value }) => value === asked);
  if (!option || option.selected) return false;
  option.selected = true;
  return true;
}

/** Fill the named places of a text: `fill("Open until %(time)s", { time: "17:00" })`. */
export const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);

/**
 * An element. Text is always text, never markup; what is null or false is left out.
 * @param {string} tag  name and classes: `p.small.muted`
 * @param {Object<string, *>} attributes  `onclick` and the like are listeners
 * @param {...(Node|string|null|false)} children
 */
export function el(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the sprite whose address the page already uses. @param {string} name @param {string} [label] */
export function icon(name, label = "") {
  const sprite = document.querySelector("svg use")?.getAttribute("href")?.split("#")[0] ?? "";
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  const role = label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" };
  for (const [key, value] of Object.entries({ class: `icon icon--${name}`, width: 24, height: 24, ...role })) {
    svg.setAttribute(key, value);
  }
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}
