import TerminalKit

/// The look of a handout: one column, readable on paper.
struct HandoutStyle {
    let light: Theme
    let dark: Theme

    var text: String {
        """
        :root { color-scheme: light dark; \(light.variables) }
        @media screen and (prefers-color-scheme: dark) { :root { \(dark.variables) } }
        \(Self.rules)
        """
    }

    private static let rules = """
        html { background: var(--page); color: var(--text); font: 1.0625rem/1.55 system-ui, "Segoe UI", "Noto Sans",
          "Liberation Sans", sans-serif; }
        body { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
        header { border-bottom: 2px solid var(--accent); }
        h1 { font-size: 2rem; line-height: 1.2; margin: 0; color: var(--title); }
        h2 { font-size: 1.4rem; line-height: 1.25; margin: 2.75rem 0 .75rem; color: var(--title); break-after: avoid; }
        h3, h4 { font-size: 1.0625rem; margin: 1.5rem 0 .5rem; color: var(--title); break-after: avoid; }
        h2 small { font-weight: normal; color: var(--accent); margin-left: .5rem; }
        .facts, figcaption, footer { color: var(--muted); }
        p, ul, ol, blockquote { max-width: 42rem; }
        li { margin: .2rem 0; }
        nav ul { columns: 2; list-style: none; padding: 0; }
        nav h2 { margin-top: 1.5rem; }
        a { color: var(--hue1); }
        strong { color: var(--title); }
        code, pre { font-family: "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; }
        pre { border: 1px solid var(--border); border-radius: 6px; padding: .6rem .9rem; overflow-x: auto; }
        blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid var(--border); }
        table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
        th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--border); }
        th { color: var(--muted); font-weight: normal; }
        .right { text-align: right; }
        .centre { text-align: center; }
        figure { margin: 1.25rem 0; break-inside: avoid; }
        figure svg { display: block; max-width: 100%; height: auto; border: 1px solid var(--border);
          border-radius: 8px; }
        figcaption { font-size: .875rem; margin-top: .35rem; }
        details { border-left: 3px solid var(--accent); padding: .1rem 0 .1rem 1rem; margin: 1rem 0; }
        summary { cursor: pointer; font-weight: bold; color: var(--accent); }
        footer { margin-top: 3rem; border-top: 1px solid var(--border); font-size: .875rem; }
        @media print {
          html { font-size: 10.5pt; }
          body { max-width: none; padding: 0; }
          a { color: inherit; }
          details::details-content { content-visibility: visible; block-size: auto; }
          nav { break-after: page; }
        }

        """
}
