import TerminalKit

/// One of several things that a panel shows alike: a bulkhead, a limiter, a policy.
protocol PanelBlock {
    /// Its lines, of a width.
    func lines(width: Int, _ detail: BlockDetail) -> [StyledText]
    /// A chart under the lines where there is room for it.
    var chart: LineChart? { get }
}

extension PanelBlock {
    var chart: LineChart? { nil }
}

/// From everything, which only a zoomed panel shows, to one line.
enum BlockDetail: CaseIterable { case everything, full, short, brief, line }

/// Blocks below one another, or beside one another where there is room, as fully as all of them fit.
struct BlockGrid {
    let context: PanelContext
    let blocks: [any PanelBlock]
    /// The one that the panel is about: it shows even where not all of them do.
    let shown: Int
    /// Columns that a block reads well in.
    var comfortable = 44

    private static let gap = 3
    private static let shortestChart = 6
    private static let highestChart = 10

    func draw(into frame: inout Frame, in rect: Rect) {
        guard !blocks.isEmpty, !rect.isEmpty else { return }
        let columns = max(1, min(blocks.count, (rect.width + Self.gap) / (comfortable + Self.gap)))
        let places = rect.columns(Array(repeating: .flexible, count: columns), gap: Self.gap)
        for detail in BlockDetail.allCases where detail != .everything || context.isZoomed {
            let cells = zip(blocks.indices, blocks).map { $1.lines(width: places[$0 % columns].width, detail) }
            let heights = stride(from: 0, to: cells.count, by: columns).map { start in
                cells[start..<min(start + columns, cells.count)].map(\.count).max() ?? 0
            }
            let height = heights.reduce(0, +)
            let hasGaps = detail != .line && height + heights.count - 1 <= rect.height
            guard height <= rect.height || detail == .line else { continue }
            let spare = hasGaps ? rect.height - height - heights.count + 1 : 0
            let charts = spare / heights.count >= Self.shortestChart ? blocks.map(\.chart) : []
            let chartHeight = charts.contains { $0 != nil } ? min(spare / heights.count, Self.highestChart) : 0
            var y = rect.y
            for row in rows(heights.count, detail, perRow: columns, height: rect.height) {
                for (column, place) in places.enumerated() where row * columns + column < cells.count {
                    let area = Rect(x: place.x, y: y, width: place.width, height: rect.maxY - y)
                    draw(cells[row * columns + column], into: &frame, in: area)
                }
                y += heights[row]
                if chartHeight > 0 { draw(charts, row, places, top: y, height: chartHeight, into: &frame) }
                y += chartHeight + (hasGaps ? 1 : 0)
            }
            return
        }
    }

    /// Where not even one line each fits, those around the one that the panel is about.
    private func rows(_ count: Int, _ detail: BlockDetail, perRow columns: Int, height: Int) -> Range<Int> {
        detail == .line ? Scroll(total: count, visible: height, showing: shown / columns).range : 0..<count
    }

    private func draw(_ lines: [StyledText], into frame: inout Frame, in area: Rect) {
        for (line, text) in lines.prefix(area.height).enumerated() {
            let cut = text.truncated(to: area.width, ellipsis: context.glyphs.ellipsis)
            frame.write(cut, x: area.x, y: area.y + line, clip: area)
        }
    }

    private func draw(
        _ charts: [LineChart?], _ row: Int, _ places: [Rect], top: Int, height: Int, into frame: inout Frame
    ) {
        for (column, place) in places.enumerated() where row * places.count + column < charts.count {
            guard let chart = charts[row * places.count + column] else { continue }
            let area = Rect(x: place.x, y: top, width: place.width, height: height)
            frame.draw(chart, in: area, glyphs: context.glyphs)
        }
    }
}
