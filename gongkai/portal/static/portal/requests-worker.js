// Looks for the number whose SHA-256 fits a challenge (altcha's format). No library, no network:
// plain arithmetic, so that it also works where a page without HTTPS has no crypto.subtle.
"use strict";
const K = new Uint32Array(64);
const START = new Uint32Array(8);
(function constants() {
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.pow(n, 1 / 2));
    K[found] = fraction(Math.pow(n, 1 / 3));
    found += 1;
  }
})();

const W = new Uint32Array(64);
function digest(bytes) {
  const length = bytes.length;
  const blocks = new Uint8Array(((length + 8) >> 6 << 6) + 64);
  blocks.set(bytes);
  blocks[length] = 0x80;
  new DataView(blocks.buffer).setUint32(blocks.length - 4, length * 8);
  const state = START.slice();
  const view = new DataView(blocks.buffer);
  for (let at = 0; at < blocks.length; at += 64) mix(state, view, at);
  return state;
}
function mix(state, view, at) {
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let i = 0; i < 16; i += 1) W[i] = view.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15], b = W[i - 2];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    W[i] = W[i - 16] + s0 + W[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  const sum = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i += 1) state[i] += sum[i];
}
const hex = (state) => Array.from(state, (x) => x.toString(16).padStart(8, "0")).join("");

self.onmessage = (event) => {
  const { challenge, salt, maxNumber } = event.data;
  const encoder = new TextEncoder();
  const first = parseInt(challenge.slice(0, 8), 16);
  for (let number = 0; number <= maxNumber; number += 1) {
    const state = digest(encoder.encode(salt + number));
    if (state[0] === first && hex(state) === challenge) {
      self.postMessage({ number });
      return;
    }
  }
  self.postMessage({ number: null });
};
