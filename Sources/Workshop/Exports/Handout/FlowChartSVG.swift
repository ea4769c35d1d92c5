import TerminalKit

/// Draws a ``FlowChart`` as SVG in the colours that the page around it gives.
struct FlowChartSVG {
    let chart: FlowChart

    private static let size = (width: 860, height: 240)
    /// The area of the lines; numbers and names stand around it.
    private static let plot = (left: 80, top: 30, width: 760, height: 170)

    var text: String {
        let (width, height) = Self.size
        let plot = Self.plot
        let base = plot.top + plot.height
        var lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(width) \#(height)" width="\#(width)" "#
                + #"height="\#(height)" role="img" font-size="13" font-family="system-ui, sans-serif">"#,
            "<title>\(HandoutHTML.escape(chart.title))</title>",
            #"<rect width="\#(width)" height="\#(height)" rx="8" fill="var(--page)"/>"#,
            #"<path d="M\#(plot.left) \#(plot.top)V\#(base)H\#(plot.left + plot.width)" "#
                + #"stroke="var(--border)" fill="none"/>"#,
        ]
        lines += failures(base)
        lines += [line(\.p99, "var(--warn)"), line(\.p50, "var(--hue1)")].filter { !$0.isEmpty }
        lines += labels(base) + ["</svg>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func x(_ place: Double) -> Int { Self.plot.left + Int((place * Double(Self.plot.width)).rounded()) }

    private func y(_ latency: Int64) -> Int {
        let share = Double(latency) / Double(max(1, chart.longest))
        return Self.plot.top + Self.plot.height - Int((share * Double(Self.plot.height)).rounded())
    }

    /// Broken where nothing ended; a bucket that stands alone is a dot.
    private func line(_ value: KeyPath<FlowChart.Point, Int64?>, _ colour: String) -> String {
        var path = ""
        var isOpen = false
        for point in chart.points {
            guard let latency = point[keyPath: value] else {
                isOpen = false
                continue
            }
            path += "\(isOpen ? "L" : "M")\(x(point.place)) \(y(latency))\(isOpen ? "" : "h0")"
            isOpen = true
        }
        if path.isEmpty { return "" }
        return #"<path d="\#(path)" stroke="\#(colour)" stroke-width="2" stroke-linecap="round" "#
            + #"stroke-linejoin="round" fill="none"/>"#
    }

    /// Bars from the bottom, a third of the chart for the worst bucket.
    private func failures(_ base: Int) -> [String] {
        guard chart.mostFailed > 0 else { return [] }
        let width = max(2, Self.plot.width / max(1, FlowChart.buckets) - 3)
        let bars = chart.points.filter { $0.failed > 0 }.map { point in
            let height = max(2, Self.plot.height * point.failed / (3 * chart.mostFailed))
            return "M\(x(point.place) - width / 2) \(base)v-\(height)h\(width)v\(height)z"
        }
        return [#"<path d="\#(bars.joined())" fill="var(--fail)" fill-opacity="0.55"/>"#]
    }

    private func labels(_ base: Int) -> [String] {
        let numbers = NumberText(chart.language)
        let plot = Self.plot
        var labels = [
            label(plot.left - 8, plot.top + 4, numbers.duration(chart.longest), "var(--muted)", anchor: "end"),
            label(plot.left - 8, base + 4, "0", "var(--muted)", anchor: "end"),
            label(plot.left, base + 22, numbers.moment(.zero), "var(--muted)"),
            label(plot.left + plot.width, base + 22, numbers.moment(chart.end), "var(--muted)", anchor: "end"),
            label(plot.left, 18, "p50", "var(--hue1)"), label(plot.left + 50, 18, "p99", "var(--warn)"),
        ]
        if chart.mostFailed > 0 {
            let text = "\(HandoutWords.failures(chart.language)) ≤ \(numbers.count(chart.mostFailed))"
            labels.append(label(plot.left + 100, 18, text, "var(--fail)"))
        }
        return labels
    }

    private func label(_ x: Int, _ y: Int, _ text: String, _ colour: String, anchor: String = "start") -> String {
        #"<text x="\#(x)" y="\#(y)" fill="\#(colour)" text-anchor="\#(anchor)">\#(HandoutHTML.escape(text))</text>"#
    }
}
