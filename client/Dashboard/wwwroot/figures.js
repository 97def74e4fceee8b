// <plot-figure src="…">: fetches a figure when it is on the screen, and again when its address changes; draws it in the page's colours.
(() => {
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const coloured = value =>
    typeof value === "string" ? (value.startsWith("var(--") ? style(value.slice(4, -1)) : value)
    : Array.isArray(value) ? (value.length > 0 && typeof value[0] === "number" && typeof value.at(-1) === "number" ? value : value.map(coloured))
    : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, coloured(inner)]))
    : value;

  const axis = () => ({
    gridcolor: style("--grid"), linecolor: style("--rule"), zerolinecolor: style("--grid"), tickcolor: style("--rule"),
    automargin: true, showline: true, ticks: "outside", ticklen: 4, title: { font: { size: 12 }, standoff: 8 },
  });
  const merged = (base, over) => {
    if (over === undefined || over === null) return base;
    if (typeof base !== "object" || typeof over !== "object" || Array.isArray(over)) return over;
    const result = { ...base };
    for (const [key, value] of Object.entries(over)) result[key] = key in base ? merged(base[key], value) : value;
    return result;
  };
  const layoutOf = (layout, narrow) => {
    const base = {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: style("--font"), size: 12, color: style("--ink-2") },
      margin: { l: 48, r: 12, t: 8, b: 40 }, hovermode: "closest", autosize: true, uirevision: "kept", dragmode: narrow ? false : "zoom",
      hoverlabel: { bgcolor: style("--card"), bordercolor: style("--rule"), font: { color: style("--ink"), size: 12, family: style("--font") }, align: "left" },
      legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom", font: { size: 12 }, bgcolor: "rgba(0,0,0,0)" },
    };
    const over = coloured(layout ?? {});
    const result = merged(base, over);
    for (const key of Object.keys(over)) if (/^[xy]axis/.test(key)) result[key] = merged(axis(), over[key]);
    // Times are long: on a phone few of them fit side by side.
    if (narrow) for (const key of Object.keys(over)) if (/^xaxis/.test(key) && result[key].type === "date") Object.assign(result[key], { nticks: 3, tickangle: 0 });
    if (result.scene) for (const key of ["xaxis", "yaxis", "zaxis"]) result.scene[key] = merged({ gridcolor: style("--grid"), color: style("--ink-2") }, result.scene[key]);
    return result;
  };

  // The page comes to life first and answers what is pressed; then figures are fetched, and plotly.js, which is large, is run once for the first of them.
  const alive = async () => {
    for (let waited = 0; waited < 5000 && !document.querySelector("[data-interactive]"); waited += 20) await new Promise(done => setTimeout(done, 20));
  };
  let plotly = null;
  const withPlotly = () => plotly ??= new Promise(done => setTimeout(done, 150)).then(() => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.querySelector("link[data-plotly]").href;
    script.onload = () => done(window.Plotly);
    script.onerror = () => { plotly = null; script.remove(); failed(new Error("plotly.js could not be fetched")); };
    document.head.append(script);
  }));
  // Between two figures the page may answer what was pressed meanwhile.
  let last = Promise.resolve();
  const inTurn = work => last = last.catch(() => {}).then(() => new Promise(done => setTimeout(done, 0))).then(work);

  class PlotFigure extends HTMLElement {
    static observedAttributes = ["src"];
    #fetching = false; #shown = null; #wanted = null; #figure = null; #onScreen = false; #wait = 0; #plot = null;

    connectedCallback() {
      this.#plot ??= this.appendChild(document.createElement("div"));
      this.#plot.className = "plot";
      this.seeing = new IntersectionObserver(entries => { this.#onScreen = entries.at(-1).isIntersecting; this.#fetch(); }, { rootMargin: "200px" });
      this.seeing.observe(this);
      this.sizing = new ResizeObserver(() => { if (this.#figure && window.Plotly && this.#plot.data) Plotly.Plots.resize(this.#plot); });
      this.sizing.observe(this);
      this.repaint = () => { if (this.#figure) this.#draw(); };
      document.addEventListener("theme-changed", this.repaint);
    }

    disconnectedCallback() {
      this.seeing.disconnect(); this.sizing.disconnect();
      document.removeEventListener("theme-changed", this.repaint);
      if (this.#plot.data && window.Plotly) Plotly.purge(this.#plot);
    }

    attributeChangedCallback(name, before, now) { this.#wanted = now; this.#fetch(); }

    async #fetch() {
      if (this.#fetching || !this.#onScreen || !this.isConnected || this.#wanted === this.#shown) return;
      this.#fetching = true;
      const address = this.#wanted, began = performance.now();
      try {
        await alive();
        const answer = await fetch(address);
        if (address.split("?")[0] === this.#wanted.split("?")[0]) {
          this.#figure = answer.status === 200 ? await answer.json() : null;
          this.#shown = address;
          if (this.#figure) await inTurn(() => this.#draw());
          this.dataset.state = answer.status === 200 ? "drawn" : answer.status === 204 ? "empty" : "failed";
        }
      } catch {
        this.dataset.state = "failed";
        this.#wait = 2000;
      } finally {
        // A large figure is not drawn again at once: the page stays answerable.
        const pause = Math.max(this.#wait, Math.min(1000, 3 * (performance.now() - began)));
        this.#wait = 0;
        setTimeout(() => { this.#fetching = false; this.#fetch(); }, pause);
      }
    }

    async #draw() {
      const Plotly = await withPlotly();
      if (!this.isConnected) return;
      const narrow = this.clientWidth < 520, first = !this.#plot.data;
      await Plotly.react(this.#plot, coloured(this.#figure.data), layoutOf(this.#figure.layout, narrow), {
        displaylogo: false, responsive: false, displayModeBar: narrow ? false : "hover", modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
        toImageButtonOptions: { format: "svg" },
      });
      if (!first) return;
      this.#plot.on("plotly_click", event => {
        const address = event.points?.[0]?.customdata;
        if (typeof address === "string") Blazor.navigateTo(address);
      });
    }
  }

  customElements.define("plot-figure", PlotFigure);
})();
