/* Fields above a table that narrow it down: words, the values of its short columns, its gaps. The words of the fields stand
   with the table. Without this script the table is there whole. Last, a name for the dialog that searches. */
(function () {
  "use strict"

  const MOST_VALUES = 12
  // What is as long as this is no value to choose from.
  const LONGEST = 60

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties)
    element.append(...children)
    return element
  }

  const words = element => (element ? element.textContent.trim().replace(/\s+/g, " ") : "")
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

  /* The columns whose values repeat: each with its name and its values. */
  function choices(headers, rows) {
    return headers
      .map((name, index) => ({ name, index, values: [...new Set(rows.map(row => words(row.cells[index])))].filter(Boolean) }))
      .filter(({ index, values }) => index > 0 && values.length > 1 && values.length <= MOST_VALUES
        && values.length < rows.length / 2 && values.every(value => value.length <= LONGEST))
  }

  function equip(box) {
    const table = box.querySelector("table")
    if (!table || !table.tHead || !table.tBodies.length) return
    const headers = [...table.tHead.rows[0].cells].map(words)
    const rows = [...table.tBodies[0].rows]
    rows.forEach(row => [...row.cells].forEach((cell, index) => { cell.dataset.label = headers[index] }))
    box.classList.add("ready")
    if (rows.length < 2) return
    const said = rows.map(row => plain(words(row)))
    const search = make("input", { type: "search", placeholder: box.dataset.filter, autocomplete: "off" })
    search.setAttribute("aria-label", box.dataset.filter)
    const selects = choices(headers, rows).map(({ name, index, values }) => {
      const select = make("select", {}, make("option", { value: "", textContent: box.dataset.all.replace("{name}", name) }),
        ...values.sort((a, b) => a.localeCompare(b)).map(value => make("option", { value, textContent: value })))
      select.setAttribute("aria-label", name)
      return { select, index }
    })
    const gaps = make("input", { type: "checkbox" })
    const count = make("output", {})
    const form = make("form", { className: "filter-fields" }, search, ...selects.map(item => item.select))
    if (table.querySelector(".badge.gap")) form.append(make("label", {}, gaps, box.dataset.gaps))
    form.append(count)

    const show = () => {
      const asked = plain(search.value).split(/\s+/).filter(Boolean)
      let shown = 0
      rows.forEach((row, at) => {
        row.hidden = !(asked.every(word => said[at].includes(word))
          && selects.every(({ select, index }) => !select.value || words(row.cells[index]) === select.value)
          && (!gaps.checked || row.querySelector(".badge.gap")))
        if (!row.hidden) shown += 1
      })
      count.value = box.dataset.shown.replace("{n}", shown).replace("{all}", rows.length)
    }
    form.addEventListener("input", show)
    form.addEventListener("submit", event => event.preventDefault())
    // A browser fills in what was asked before one went away.
    addEventListener("pageshow", show)
    box.prepend(form)
    show()
  }

  document.querySelectorAll(".filters").forEach(equip)

  /* The theme's dialog for searching has no name to be told by; its field has. */
  document.querySelectorAll(".md-search[role=dialog]:not([aria-label])").forEach(dialog => {
    const field = dialog.querySelector("input")
    dialog.setAttribute("aria-label", (field && (field.getAttribute("aria-label") || field.placeholder)) || "Search")
  })
})()
