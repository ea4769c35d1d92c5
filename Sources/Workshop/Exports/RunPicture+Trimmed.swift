import TerminalKit

extension RunPicture {
    /// The frame without the rows in which its panels have nothing left to show: for pages, where room costs paper.
    public var trimmedFrame: Frame {
        let frame = frame
        var area = frame.bounds
        if hasBar { _ = area.cutTop(1) }
        let places = places(in: area)
        let boxes = places.map { Box.content(of: $0.1) }
        var spare = Set<Int>()
        for (kind, box) in zip(places.map(\.0), boxes) {
            // Panels beside each other lose the rows that none of them needs.
            let row = boxes.filter { $0.y == box.y && $0.height == box.height }
            func isBlank(_ y: Int) -> Bool { row.allSatisfy { frame.isBlank($0, y) } }
            let rows = box.y..<box.maxY
            let used = rows.filter { !isBlank($0) }
            guard let first = used.first, let last = used.last else { continue }
            spare.formUnion(rows.filter { $0 < first || $0 > last })
            // The legend stands under the last row of a trace, not at the bottom of the box.
            if kind == .trace { spare.formUnion((first..<last).filter { isBlank($0) && isBlank($0 + 1) }) }
        }
        return frame.removing(spare)
    }
}

extension Frame {
    fileprivate func isBlank(_ area: Rect, _ y: Int) -> Bool {
        (area.x..<area.maxX).allSatisfy { self[$0, y].character == " " && self[$0, y].style.role != .selection }
    }

    fileprivate func removing(_ rows: Set<Int>) -> Frame {
        let kept = (0..<size.height).filter { !rows.contains($0) }
        var frame = Frame(size: Size(width: size.width, height: kept.count))
        for (row, y) in kept.enumerated() {
            for x in 0..<size.width where self[x, y].width > 0 {
                frame.write(String(self[x, y].character), x: x, y: row, style: self[x, y].style)
            }
        }
        return frame
    }
}
