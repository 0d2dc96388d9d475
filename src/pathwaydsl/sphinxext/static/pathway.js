/* Panning and zooming of flowcharts, and the way of a case in them. The page says everything
   without it. */
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

  /* The boxes of a chart by the addresses they link to: one box may be drawn several times. */
  function boxesOf(svg) {
    var found = {};
    Array.prototype.forEach.call(svg.querySelectorAll(".pw-box > a"), function (link) {
      var address = link.getAttribute("href");
      (found[address] = found[address] || []).push(link.parentNode);
    });
    return found;
  }

  function hide(svg) {
    svg.classList.remove("pw-shows-way");
    Array.prototype.forEach.call(svg.querySelectorAll(".pw-on-the-way"), function (element) {
      element.classList.remove("pw-on-the-way");
    });
  }

  /* Mark the arrow between two boxes; its words may stand in the middle, then it has two parts. */
  function mark(arrows, from, to) {
    var found = false;
    function parts(name, value) {
      return Array.prototype.filter.call(arrows, function (arrow) {
        return arrow.getAttribute(name) === value;
      });
    }
    var last = parts("data-to", to);
    parts("data-from", from).forEach(function (first) {
      var middle = first.getAttribute("data-to");
      var through = document.getElementById(middle);
      if (middle !== to && through && through.classList.contains("pw-box")) return;
      last.forEach(function (other) {
        if (middle === to ? other !== first : other.getAttribute("data-from") !== middle) return;
        first.classList.add("pw-on-the-way");
        other.classList.add("pw-on-the-way");
        found = true;
      });
    });
    return found;
  }

  function show(svg, addresses) {
    var boxes = boxesOf(svg);
    var arrows = svg.querySelectorAll(".pw-arrow");
    hide(svg);
    svg.classList.add("pw-shows-way");
    addresses.forEach(function (address, step) {
      (boxes[address] || []).forEach(function (box) {
        var after = boxes[addresses[step + 1]] || [];
        var leads = false;
        after.forEach(function (target) {
          if (!mark(arrows, box.id, target.id)) return;
          target.classList.add("pw-on-the-way");
          leads = true;
        });
        if (leads || (boxes[address] || []).length === 1) box.classList.add("pw-on-the-way");
      });
    });
    /* A box drawn several times to which no arrow of the way leads: all its drawings. */
    addresses.forEach(function (address) {
      var drawn = boxes[address] || [];
      if (drawn.some(function (box) { return box.classList.contains("pw-on-the-way"); })) return;
      drawn.forEach(function (box) { box.classList.add("pw-on-the-way"); });
    });
  }

  /* A button at each case that shows its way in the chart of the same page. */
  function offerWay(list) {
    var addresses = Array.prototype.map.call(list.children, function (item) {
      var link = item.querySelector("a[href^='#']");
      return link ? link.getAttribute("href") : "";
    }).filter(Boolean);
    var charts = Array.prototype.filter.call(
      document.querySelectorAll(".pathway-chart-view svg"),
      function (svg) { return addresses.some(function (one) { return boxesOf(svg)[one]; }); }
    );
    if (!charts.length) return;
    var made = document.createElement("button");
    made.type = "button";
    made.className = "pathway-way-button";
    made.textContent = "Show this way in the flowchart";
    made.setAttribute("aria-pressed", "false");
    made.addEventListener("click", function () {
      var pressed = made.getAttribute("aria-pressed") === "true";
      var others = document.querySelectorAll(".pathway-way-button");
      Array.prototype.forEach.call(others, function (other) {
        other.setAttribute("aria-pressed", "false");
      });
      charts.forEach(hide);
      if (pressed) return;
      made.setAttribute("aria-pressed", "true");
      charts.forEach(function (svg) { show(svg, addresses); });
      (charts[0].closest(".pathway-chart") || charts[0]).scrollIntoView({ block: "start" });
    });
    list.parentNode.insertBefore(made, list);
  }

  function start() {
    Array.prototype.forEach.call(document.querySelectorAll(".pathway-chart"), prepare);
    Array.prototype.forEach.call(document.querySelectorAll("ol.pathway-way"), offerWay);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
