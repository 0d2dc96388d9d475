"""Flowcharts: an engine-free flow model, its layout by Graphviz, and a clean, linked SVG."""
