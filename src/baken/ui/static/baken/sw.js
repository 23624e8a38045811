/**
 * Service worker: keeps the check, the doors, the step-by-step guide and the social map for when there is no network.
 *
 * The view puts two lines before this file: `self.BAKEN_ASSETS` (addresses of styles and scripts) and
 * `self.BAKEN_VERSION` (changes with every file, pack or translation). The language stands in `/sw.js?lang=nl`.
 *
 * - The network always goes first; what is kept is only shown when the network fails.
 * - Only the addresses below are kept, as they are for everybody: no answer to a form, no result, nothing with a query.
 * - It never answers for anything but GET, so a form is always sent, or fails.
 */
"use strict";

const LANGUAGE = /^[a-z]{2}$/.exec(new URL(self.location.href).searchParams.get("lang") ?? "")?.[0] ?? "nl";
const PREFIX = "baken-";
const VERSION = `${PREFIX}${self.BAKEN_VERSION ?? "0"}-`;
const CACHE = `${VERSION}${LANGUAGE}`;
const DAY_MS = 24 * 60 * 60 * 1000;
const OFFLINE = `/${LANGUAGE}/offline/`;
const NAMES = ["check/", "doors/", "meldcode/", "offline/", "bundle.json", "places.json", "map/", "map/list.json"];
const PAGES = NAMES.map((name) => `/${LANGUAGE}/${name}`);
const KEPT = new Set([...PAGES, ...(self.BAKEN_ASSETS ?? [])]);

/* As anybody gets it: without cookies, and past the browser's own cache. */
async function keep(cache, address) {
  const response = await fetch(address, { cache: "no-store", credentials: "omit" });
  if (response.ok && !response.redirected) await cache.put(address, response);
}

/* One address that fails must not cost the others. */
async function install() {
  const cache = await caches.open(CACHE);
  await Promise.allSettled([...KEPT].map((address) => keep(cache, address)));
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && !name.startsWith(VERSION));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/* Opening hours are worked out for some weeks, so what is kept is renewed once a day even when nothing else changed. */
async function refresh() {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(`/${LANGUAGE}/bundle.json`);
  const made = Date.parse(kept?.headers.get("date") ?? "");
  if (!(Date.now() - made < DAY_MS)) await Promise.allSettled(PAGES.map((address) => keep(cache, address)));
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

async function fromCache(request) {
  const { pathname } = new URL(request.url);
  const found = KEPT.has(pathname) ? await caches.match(pathname) : undefined;
  if (found) return found;
  const page = request.mode === "navigate" ? await caches.match(OFFLINE) : undefined;
  return page ?? Response.error();
}

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch {
    return fromCache(request);
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data?.type === "forget") event.waitUntil(forget());
  if (event.data?.type === "refresh") event.waitUntil(refresh());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" || KEPT.has(address.pathname)) event.respondWith(networkFirst(request));
});
