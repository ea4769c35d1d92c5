/// How two figures of a condition stand to each other: which one is larger, and whether there is any.
///
/// What happened twice in place of once is another failure than what did not happen: a shorter script may change the
/// figures, and not this.
struct FigureRelation: Hashable {
    private enum Presence: Hashable { case missing, none, some }

    private let order: Int
    private let left: Presence
    private let right: Presence

    init(_ left: Double, _ right: Double) {
        order = left < right ? -1 : left > right ? 1 : 0
        self.left = Self.presence(left)
        self.right = Self.presence(right)
    }

    private static func presence(_ figure: Double) -> Presence {
        figure == 0 ? .none : figure.isFinite ? .some : .missing
    }
}
