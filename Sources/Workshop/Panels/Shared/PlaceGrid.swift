import TerminalKit

/// Equal places for things that are shown alike, beside and below one another.
enum PlaceGrid {
    private static let gap = 3

    /// A place for each, as many in a row as leave no holes; `nil`: they are too many to read well.
    static func places(_ count: Int, in rect: Rect, atLeast least: Size) -> [Rect]? {
        let most = (rect.width + gap) / (least.width + gap)
        guard count > 0, most > 0 else { return nil }
        let rows = (count + most - 1) / most
        let columns = (count + rows - 1) / rows
        let height = (rect.height - rows + 1) / rows
        guard height >= least.height else { return nil }
        let places = rect.columns(Array(repeating: .flexible, count: columns), gap: gap)
        return (0..<count).map { number in
            let place = places[number % columns]
            return Rect(x: place.x, y: rect.y + number / columns * (height + 1), width: place.width, height: height)
        }
    }
}
