/**
 * On every page: keep the check, the doors and the step-by-step guide on this device, for when there is no network.
 * Starts when the page has loaded, so that the first view does not wait for it. exit.js removes it all on quick exit.
 */
import { pageLanguage } from "./page.js";

async function keepForOffline() {
  try {
    const options = { scope: "/", updateViaCache: "none" };
    const registration = await navigator.serviceWorker.register(`/sw.js?lang=${pageLanguage()}`, options);
    registration.active?.postMessage({ type: "refresh" });
  } catch {
    // A browser that refuses (private window, no storage) still has the pages themselves.
  }
}

if ("serviceWorker" in navigator && window.self === window.top) {
  if (document.readyState === "complete") keepForOffline();
  else window.addEventListener("load", keepForOffline, { once: true });
}
