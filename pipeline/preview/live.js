// Shows what is wrong beside the page, and the page anew when it was built anew. Served with the preview alone.
(() => {
  "use strict"
  const own = document.currentScript.dataset
  const here = decodeURIComponent(location.pathname)

  const host = document.createElement("paraph-findings")
  const root = host.attachShadow({ mode: "open" })
  root.innerHTML = `
    <style>
      :host { all: initial }
      details { box-sizing: border-box; position: fixed; right: 1rem; bottom: 1rem; z-index: 1000; max-width: min(44rem, calc(100% - 2rem));
        font: 14px/1.45 system-ui, sans-serif; color: #1f2430; background: #fff; border: 1px solid #8a90a0;
        border-left: 5px solid #2e7d32; border-radius: 4px; box-shadow: 0 2px 10px rgb(0 0 0 / 25%) }
      details.warning { border-left-color: #b26a00 }
      details.error { border-left-color: #c62828 }
      summary { padding: .5rem .9rem; cursor: pointer; font-weight: 600 }
      summary:focus-visible { outline: 2px solid #1a56c4 }
      div { max-height: 55vh; overflow: auto; padding: 0 .9rem .6rem }
      ol { margin: 0; padding: 0; list-style: none }
      li, pre, .note { border-top: 1px solid #d5d8df; padding: .5rem 0; margin: 0; overflow-wrap: anywhere }
      pre { white-space: pre-wrap; font: 13px/1.4 ui-monospace, monospace }
      a { color: #1a56c4 }
      .place { font: 12px/1.4 ui-monospace, monospace }
      .hint { color: #4a5060 }
      .here { background: #fff6d6; padding-inline: .5rem }
      @media (prefers-color-scheme: dark) {
        details { color: #e6e8ee; background: #22262f; border-color: #6b7280 }
        a { color: #8ab4ff } .hint { color: #b4bac8 } .here { background: #3a3419 }
        li, pre, .note { border-color: #434956 }
      }
      @media print { details { display: none } }
    </style>
    <details part="panel"><summary role="status"></summary><div></div></details>`
  document.body.append(host)
  const panel = root.querySelector("details")
  const [head, list] = [root.querySelector("summary"), root.querySelector("div")]
  const key = "paraph-findings-open"
  panel.open = sessionStorage.getItem(key) === "yes"
  panel.addEventListener("toggle", () => sessionStorage.setItem(key, panel.open ? "yes" : "no"))

  const make = (name, words, kind) => {
    const made = document.createElement(name)
    if (words) made.textContent = words
    if (kind) made.className = kind
    return made
  }
  const count = (number, word) => number ? [`${number} ${word}${number > 1 ? "s" : ""}`] : []

  const item = finding => {
    const row = make("li", "", finding.page === here ? "here" : "")
    const place = make(finding.href ? "a" : "span", finding.place, "place")
    if (finding.href) place.href = finding.href
    row.append(place, make("div", `${finding.severity} ${finding.code}: ${finding.message}`))
    row.lastChild.style.cssText = "padding: 0; max-height: none"
    if (finding.hint) row.append(make("span", finding.hint, "hint"))
    return row
  }

  const show = state => {
    const of = severity => state.findings.filter(each => each.severity === severity).length
    const [errors, warnings] = [of("error"), of("warning")]
    const words = [...(state.error ? ["not built"] : []), ...count(errors, "error"), ...count(warnings, "warning")]
    head.textContent = words.join(", ") || "no findings"
    panel.className = state.error || errors ? "error" : warnings ? "warning" : ""
    const first = state.findings.filter(each => each.page === here)
    const rest = state.findings.filter(each => each.page !== here)
    const rows = make("ol")
    rows.append(...[...first, ...rest].slice(0, 200).map(item))
    list.replaceChildren(
      ...(state.error ? [make("pre", state.error)] : []), ...state.notes.map(note => make("p", note, "note")), rows)
    if (state.findings.length > 200) list.append(make("p", `and ${state.findings.length - 200} more`, "note"))
  }

  const source = new EventSource(`/_paraph/events?page=${encodeURIComponent(here)}`)
  source.onmessage = event => {
    const state = JSON.parse(event.data)
    // Another run counts from its own beginning.
    if (state.run !== own.run || state.built !== Number(own.built)) {
      source.close()
      location.reload()
      return
    }
    show(state)
  }
  source.onerror = () => { head.textContent = "the preview has ended" }
  addEventListener("pagehide", () => source.close())
})()
