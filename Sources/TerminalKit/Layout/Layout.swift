/// How long a row or column wants to be.
public enum Constraint: Hashable, Sendable {
    /// So many cells.
    case fixed(Int)
    /// A share of what is left, in proportion to the weight, and at least the minimum.
    case flexible(minimum: Int = 0, weight: Int = 1)
    /// So many hundredths of the whole, rounded down, and at least the minimum.
    case percent(Int, minimum: Int = 0)

    public static let flexible = Constraint.flexible()
}

/// Splits a length by constraints.
public enum Layout {
    /// A length for each constraint; with the gaps between them they never exceed `length`.
    ///
    /// Without enough room, those at the end get less first. Shares are rounded so that they add up to all the room,
    /// always in the same way.
    public static func lengths(of length: Int, _ constraints: [Constraint], gap: Int = 0) -> [Int] {
        let room = max(0, length - max(0, gap) * max(0, constraints.count - 1))
        var lengths = constraints.map { constraint in
            switch constraint {
            case .fixed(let cells): max(0, cells)
            case .flexible(let minimum, _): max(0, minimum)
            case .percent(let percent, let minimum): max(0, minimum, room * max(0, percent) / 100)
            }
        }
        let excess = lengths.reduce(0, +) - room
        if excess > 0 {
            shorten(&lengths, by: excess)
        } else {
            share(room, among: constraints, &lengths)
        }
        return lengths
    }

    private static func shorten(_ lengths: inout [Int], by excess: Int) {
        var excess = excess
        for index in lengths.indices.reversed() {
            let cut = min(excess, lengths[index])
            lengths[index] -= cut
            excess -= cut
        }
    }

    /// Gives flexible ones their shares; whoever's minimum is more than its share keeps the minimum.
    private static func share(_ room: Int, among constraints: [Constraint], _ lengths: inout [Int]) {
        func weight(_ index: Int) -> Int {
            if case .flexible(_, let weight) = constraints[index] { return max(0, weight) }
            return 0
        }
        var sharing = lengths.indices.filter { weight($0) > 0 }
        while !sharing.isEmpty {
            let weights = sharing.reduce(0) { $0 + weight($1) }
            let taken = lengths.indices.reduce(0) { sharing.contains($1) ? $0 : $0 + lengths[$1] }
            let rest = room - taken
            let tooSmall = sharing.filter { rest * weight($0) < lengths[$0] * weights }
            guard tooSmall.isEmpty else {
                sharing.removeAll { tooSmall.contains($0) }
                continue
            }
            var before = 0
            for index in sharing {
                let after = before + weight(index)
                lengths[index] = rest * after / weights - rest * before / weights
                before = after
            }
            return
        }
    }
}

extension Rect {
    /// Blocks side by side, left to right.
    public func columns(_ constraints: Constraint..., gap: Int = 0) -> [Rect] { columns(constraints, gap: gap) }

    public func columns(_ constraints: [Constraint], gap: Int = 0) -> [Rect] {
        var left = x
        return Layout.lengths(of: width, constraints, gap: gap).map { length in
            defer { left += length + gap }
            return Rect(x: min(left, maxX), y: y, width: length, height: height)
        }
    }

    /// Blocks one below the other, from the top.
    public func rows(_ constraints: Constraint..., gap: Int = 0) -> [Rect] { rows(constraints, gap: gap) }

    public func rows(_ constraints: [Constraint], gap: Int = 0) -> [Rect] {
        var top = y
        return Layout.lengths(of: height, constraints, gap: gap).map { length in
            defer { top += length + gap }
            return Rect(x: x, y: min(top, maxY), width: width, height: length)
        }
    }

    /// A block of at most that size in the middle of this one.
    public func centred(_ size: Size) -> Rect {
        let width = min(size.width, self.width)
        let height = min(size.height, self.height)
        return Rect(
            x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }

    /// Columns of what is below that show beside what stands over it: fewer are no use to anybody.
    private static var leastBeside: Int { 4 }

    /// A place of that size in the middle, for what stands over others: all of the width where little would be left of
    /// it at the sides.
    public func popUp(_ size: Size) -> Rect {
        let hasSides = width - size.width >= 2 * Self.leastBeside
        return centred(Size(width: hasSides ? size.width : width, height: size.height))
    }

    /// One of its rows; empty when it has no such row.
    public func row(_ index: Int) -> Rect {
        Rect(x: x, y: y + index, width: width, height: index >= 0 && index < height ? 1 : 0)
    }
}
