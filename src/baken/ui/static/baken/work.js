/**
 * The work that keeps floods out, done while somebody writes: find eight numbers whose hash with the random number of the
 * form begins with enough zero bits. See `people/proof.py`, which gives the challenge and checks the answer.
 * In slices of a few milliseconds, so that typing stays smooth. Nothing is sent, and nobody sees a puzzle.
 */

const SOLUTIONS = 8;
const SLICE_MS = 8;
const K = new Uint32Array(64);
const START = new Uint32Array(8);

/* The constants of SHA-256 are the first bits of roots of primes; working them out is shorter than writing them down. */
function constants() {
  const primes = [];
  for (let number = 2; primes.length < 64; number += 1) {
    if (primes.every((prime) => number % prime)) primes.push(number);
  }
  const bits = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  primes.forEach((prime, index) => {
    K[index] = bits(Math.cbrt(prime));
    if (index < 8) START[index] = bits(Math.sqrt(prime));
  });
}
constants();

const turn = (word, by) => (word >>> by) | (word << (32 - by));
const words = new Uint32Array(64);

/** First 32 bits of the SHA-256 of a short text (at most 55 characters, all of them ASCII). */
export function firstBits(text) {
  words.fill(0);
  for (let index = 0; index < text.length; index += 1) words[index >> 2] |= text.charCodeAt(index) << (24 - (index & 3) * 8);
  words[text.length >> 2] |= 0x80 << (24 - (text.length & 3) * 8);
  words[15] = text.length * 8;
  for (let index = 16; index < 64; index += 1) {
    const before = words[index - 15];
    const last = words[index - 2];
    const small0 = turn(before, 7) ^ turn(before, 18) ^ (before >>> 3);
    const small1 = turn(last, 17) ^ turn(last, 19) ^ (last >>> 10);
    words[index] = words[index - 16] + small0 + words[index - 7] + small1;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let index = 0; index < 64; index += 1) {
    const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + big1 + ((e & f) ^ (~e & g)) + K[index] + words[index]) | 0;
    const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  return (START[0] + a) >>> 0;
}

/** @param {string} challenge  as it stands in the form @returns {Promise<string>} the numbers, separated by commas */
export async function solve(challenge) {
  const [, , , bits, random] = challenge.split(".");
  const shift = 32 - Number(bits);
  const found = [];
  for (let number = 0; found.length < SOLUTIONS; ) {
    const until = performance.now() + SLICE_MS;
    while (found.length < SOLUTIONS && performance.now() < until) {
      for (let step = 0; step < 64 && found.length < SOLUTIONS; step += 1, number += 1) {
        if (firstBits(`${random}:${number}`) >>> shift === 0) found.push(number);
      }
    }
    await new Promise((go) => setTimeout(go, 0));
  }
  return found.join(",");
}
