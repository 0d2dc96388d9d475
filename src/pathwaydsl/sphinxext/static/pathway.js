/* Panning and zooming of flowcharts. The page says everything without it. */
(function () {
  "use strict";

  function button(label, sign, action) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "pathway-chart-button";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", action);
    return made;
  }

  function prepare(figure) {
    var view = figure.querySelector(".pathway-chart-view");
    var svg = view && view.querySelector("svg");
    if (!svg || typeof Panzoom !== "function") return;
    view.classList.add("pathway-chart-moves");
    var pan = Panzoom(svg, {
      maxScale: 6,
      minScale: 0.5,
      step: 0.4,
      cursor: "grab",
      noBind: false,
      excludeClass: "pathway-chart-button",
      // A link in the chart stays a link: it is followed unless the chart was dragged.
      handleStartEvent: function (event) {
        if (event.type !== "touchstart" || event.touches.length > 1) event.preventDefault();
      },
      touchAction: "pan-x pan-y",
    });
    view.addEventListener("wheel", function (event) {
      if (event.ctrlKey || event.metaKey) pan.zoomWithWheel(event);
    });
    view.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "+" || event.key === "=") pan.zoomIn();
      else if (event.key === "-") pan.zoomOut();
      else if (event.key === "0") pan.reset();
      else return;
      event.preventDefault();
    });
    var bar = document.createElement("div");
    bar.className = "pathway-chart-buttons";
    bar.appendChild(button("Zoom in", "+", function () { pan.zoomIn(); }));
    bar.appendChild(button("Zoom out", "\u2212", function () { pan.zoomOut(); }));
    bar.appendChild(button("Show all", "Reset", function () { pan.reset(); }));
    if (document.fullscreenEnabled && figure.requestFullscreen) {
      bar.appendChild(button("Full screen, on and off", "Full screen", function () {
        pan.reset({ animate: false });
        if (document.fullscreenElement) document.exitFullscreen();
        else figure.requestFullscreen();
      }));
    }
    figure.insertBefore(bar, view);
    window.addEventListener("beforeprint", function () { pan.reset({ animate: false }); });
  }

  function start() {
    Array.prototype.forEach.call(document.querySelectorAll(".pathway-chart"), prepare);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
