// In a frame of another site: says how high it is, what its button is called, which words were answered, and whether somebody is writing: not what. The rest is on the
// page for everybody.
const root = document.querySelector<HTMLElement>("[data-framed]")

if (root !== null && parent !== window) {
  const { answer = "", quotes = "" } = root.dataset
  const said = { wetoo: "answers", title: document.title, answer, quotes: quotes === "" ? null : JSON.parse(quotes) as unknown }
  const say = () => parent.postMessage({
    ...said, height: Math.ceil(document.body.getBoundingClientRect().height), writing: [...root.querySelectorAll("textarea")].some((field) => field.value.trim() !== ""),
  }, "*")
  new ResizeObserver(say).observe(document.body)
  root.addEventListener("input", say)
}
