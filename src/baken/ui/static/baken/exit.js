/* Quick exit: blank the screen at once, forget what was typed, leave, and make Back lead nowhere.
 *
 * Loaded in the head without `defer`, so that a page reached by Back is blanked before it is painted.
 * Every use of storage is optional: whatever the browser refuses, the visitor still leaves.
 */
(function () {
  "use strict";

  var FLAG = "baken-exit";
  var PRESSES = 3;
  var WITHIN_MS = 2000;
  var CLEAN_UP_MS = 120;
  var root = document.documentElement;
  var leaving = false;
  var escapes = [];

  root.classList.add("js");

  /* Run what may be refused (storage, caches, workers); a refusal never stops the exit. */
  function attempt(task) {
    try {
      return task();
    } catch (refused) {
      return undefined;
    }
  }

  function setFlag() {
    attempt(function () { window.sessionStorage.setItem(FLAG, "1"); });
    attempt(function () { window.name = FLAG; });
  }

  function clearFlag() {
    attempt(function () { window.sessionStorage.removeItem(FLAG); });
    attempt(function () { if (window.name === FLAG) { window.name = ""; } });
  }

  function hasFlag() {
    return attempt(function () { return window.sessionStorage.getItem(FLAG) === "1"; }) === true || window.name === FLAG;
  }

  function cameBack() {
    return attempt(function () {
      return window.performance.getEntriesByType("navigation")[0].type === "back_forward";
    }) === true;
  }

  function exitAddress() {
    var link = document.querySelector("[data-exit][href]");
    return (link && link.href) || root.getAttribute("data-exit-url") || "/exit/";
  }

  /* Hide the whole document rather than cover it: nothing can show through, or be read aloud. */
  function blank() {
    root.style.setProperty("display", "none", "important");
    root.style.setProperty("background", "#fff", "important");
  }

  /* Empty, not reset: a reset would bring back what the server had filled in. */
  function emptyForms() {
    Array.prototype.forEach.call(document.querySelectorAll("input, textarea, select"), function (control) {
      attempt(function () {
        if (control.type === "checkbox" || control.type === "radio") {
          control.checked = false;
        } else if (control.tagName === "SELECT") {
          control.selectedIndex = -1;
        } else if (control.type !== "hidden" && control.type !== "submit" && control.type !== "button") {
          control.value = "";
        }
      });
    });
  }

  function ignore() { return undefined; }

  /* The service worker is told as well, because it lives on when this page is gone. */
  function forgetOffline() {
    attempt(function () { navigator.serviceWorker.controller.postMessage({ type: "forget" }); });
    attempt(function () {
      window.caches.keys().then(function (names) {
        return Promise.all(names.map(function (name) { return window.caches.delete(name); }));
      }).catch(ignore);
    });
    attempt(function () {
      navigator.serviceWorker.getRegistrations().then(function (registrations) {
        return Promise.all(registrations.map(function (registration) { return registration.unregister(); }));
      }).catch(ignore);
    });
  }

  function leave() {
    var address;
    if (leaving) { return; }
    leaving = true;
    blank();
    setFlag();
    address = exitAddress();
    function go() { window.location.replace(address); }
    window.setTimeout(go, CLEAN_UP_MS);
    attempt(emptyForms);
    attempt(forgetOffline);
  }

  window.addEventListener("click", function (event) {
    var target = event.target && event.target.closest && event.target.closest("[data-exit]");
    if (target) {
      event.preventDefault();
      event.stopImmediatePropagation();
      leave();
    }
  }, true);

  window.addEventListener("keydown", function (event) {
    var now = Date.now();
    if (event.key !== "Escape" || event.repeat) { return; }
    escapes = escapes.filter(function (moment) { return now - moment < WITHIN_MS; });
    escapes.push(now);
    if (escapes.length >= PRESSES) { leave(); }
  }, true);

  window.addEventListener("pageshow", function (event) {
    if (hasFlag() && (event.persisted || cameBack())) {
      leaving = false;
      leave();
    }
  });

  if (hasFlag()) {
    if (cameBack()) {
      leave();
    } else {
      clearFlag();
    }
  }
}());
