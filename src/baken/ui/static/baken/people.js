/**
 * Does a text seem to point to a person: a citizen service number, an e-mail address, a telephone number? For a hint while
 * somebody types; the server looks more exactly (`recognise/personal_data.py`). Nothing is refused, changed or kept.
 */

const EMAIL = /[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}/;
const NUMBER = /(?<![\w+])(?:\+|00)?\d(?:[ ().-]{0,2}\d){8,13}(?!\w)/g;
const FREE = /^(?:0800|0900|0906|0909|0[89]00|14\d)/;
const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** @param {string} digits @returns {boolean} passes the eleven test of the Dutch citizen service number */
export function isBsn(digits) {
  if (!/^\d{9}$/.test(digits) || digits === "000000000") return false;
  return [...digits].reduce((sum, digit, index) => sum + WEIGHTS[index] * Number(digit), 0) % 11 === 0;
}

/** @param {string} text @returns {boolean} */
export function pointsToPerson(text) {
  if (EMAIL.test(text)) return true;
  return [...text.matchAll(NUMBER)].some(([found]) => {
    const digits = found.replace(/\D/g, "");
    if (isBsn(digits)) return true;
    if (FREE.test(digits)) return false;
    return /^(?:\+|00)/.test(found) ? digits.length >= 10 : digits.length === 10 && digits.startsWith("0");
  });
}
