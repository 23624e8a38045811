/**
 * The signed map that the device keeps. Where the browser knows Ed25519, a file that somebody changed is thrown away: the public key
 * came with the page, never with the file. Where it does not, the file is used as it is.
 */

const NAME = "Ed25519";
const FORMAT = "baken social map on a device 1";

const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

/* Whether the signature holds; true too where the browser cannot tell. */
async function holds({ signed, signature }, key) {
  let ours;
  try {
    ours = await crypto.subtle.importKey("raw", bytes(key), { name: NAME }, false, ["verify"]);
  } catch (error) {
    // A key that is no key is refused; a browser without Ed25519, or without WebCrypto, is not.
    return error.name === "NotSupportedError" || !globalThis.crypto?.subtle;
  }
  return crypto.subtle.verify({ name: NAME }, ours, bytes(signature), new TextEncoder().encode(signed));
}

async function throwAway(address) {
  for (const name of (await globalThis.caches?.keys()) ?? []) await (await caches.open(name)).delete(address);
}

/**
 * @param {string} address  path of the file @param {string} key  public key, hexadecimal
 * @returns {Promise<Object>} what was signed; fails for a file that is not there, or that was changed
 */
export async function readSigned(address, key) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const text = await response.text();
  try {
    const file = JSON.parse(text);
    const inside = (await holds(file, key)) ? JSON.parse(file.signed) : null;
    if (inside?.format === FORMAT) return inside;
  } catch {
    // No JSON, or no signed file: as good as changed.
  }
  await throwAway(address);
  throw new Error(`${address}: changed or damaged`);
}
