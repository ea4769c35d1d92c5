/// Something done with the mouse, and where: cells from the top left, from 0.
public struct Mouse: Hashable, Sendable {
    public enum Action: String, CaseIterable, Hashable, Sendable {
        case press, wheelUp, wheelDown
    }

    public var action: Action
    public var point: Point

    public init(_ action: Action, x: Int, y: Int) {
        self.action = action
        point = Point(x: x, y: y)
    }
}
