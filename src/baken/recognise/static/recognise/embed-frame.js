/* Inside the frame of <baken-check>: tell the page around it how high we are, and leave the whole page on quick exit.
 *
 * Nothing of what is filled in is told. The page around us may be anybody's, so what we tell is the same for all.
 */
(function () {
  "use strict";

  var PRESSES = 3;
  var WITHIN_MS = 2000;
  var ALONE_MS = 300;
  var MARGIN = 32;
  var root = document.documentElement;
  var escapes = [];
  var leaving = false;
  var told = 0;

  function tell(message) {
    if (window.parent !== window) { window.parent.postMessage(message, "*"); }
  }

  /* What is in the page, not the page: that is always at least as high as the frame already is. */
  function parts() {
    return Array.prototype.slice.call(document.querySelectorAll("#main > *"));
  }

  function tellHeight() {
    var bottoms = parts().map(function (part) { return part.getBoundingClientRect().bottom; });
    var height = Math.ceil(Math.max.apply(null, bottoms) + window.scrollY) + MARGIN;
    if (height !== told) {
      told = height;
      tell({ type: "baken:height", height: height });
    }
  }

  /* The sandbox does not let us leave for the page around us, so we ask; if nobody answers, at least we are gone. */
  function leave() {
    if (leaving) { return; }
    leaving = true;
    root.style.setProperty("display", "none", "important");
    tell({ type: "baken:exit" });
    window.setTimeout(function () { window.location.replace(root.getAttribute("data-exit-url")); }, ALONE_MS);
  }

  /* An origin of our own may not use a picture of another file, so the sprite comes into the page. */
  function bringIcons() {
    var uses = document.querySelectorAll("svg use");
    if (!uses.length) { return; }
    window.fetch(uses[0].getAttribute("href").split("#")[0]).then(function (response) {
      return response.ok ? response.text() : Promise.reject(new Error("no icons"));
    }).then(function (text) {
      var sprite = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      Array.prototype.forEach.call(sprite.querySelectorAll("symbol[id]"), function (symbol) { symbol.id = "icon-" + symbol.id; });
      sprite.setAttribute("aria-hidden", "true");
      sprite.setAttribute("class", "visually-hidden");
      document.body.append(document.importNode(sprite, true));
      Array.prototype.forEach.call(uses, function (use) {
        use.setAttribute("href", "#icon-" + use.getAttribute("href").split("#")[1]);
      });
    }).catch(function () { return undefined; });
  }

  window.addEventListener("click", function (event) {
    if (event.target && event.target.closest && event.target.closest("[data-exit]")) {
      event.preventDefault();
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

  document.addEventListener("DOMContentLoaded", function () {
    Array.prototype.forEach.call(document.querySelectorAll("a[href^='http']"), function (link) { link.target = "_blank"; });
    tell({ type: "baken:page", title: document.title });
    bringIcons();
    var observer = new ResizeObserver(tellHeight);
    parts().concat(document.body).forEach(function (part) { observer.observe(part); });
    window.addEventListener("resize", tellHeight);
    window.addEventListener("load", tellHeight);
  });
}());
