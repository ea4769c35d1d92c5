/// A terminal in memory: it takes its input from a script and keeps the frames it was shown.
public final class HeadlessTerminal: Terminal {
    public private(set) var size: Size
    public let depth: ColourDepth
    public let repertoire: GlyphRepertoire
    /// The frames shown last, oldest first.
    public private(set) var frames: [Frame] = []
    public private(set) var isClosed = false
    private let history: Int
    private var script: [InputEvent?]
    private var position = 0

    /// - Parameters:
    ///   - script: What ``nextEvent(within:)`` gives, in order; `nil` stands for a wait that brought nothing.
    ///   - history: How many of the last frames to keep.
    public init(
        size: Size, depth: ColourDepth = .truecolour, repertoire: GlyphRepertoire = .unicode,
        script: [InputEvent?] = [], history: Int = 1000
    ) {
        self.size = size
        self.depth = depth
        self.repertoire = repertoire
        self.script = script
        self.history = max(1, history)
    }

    /// Adds input after what is left of the script.
    public func enqueue(_ event: InputEvent?) { script.append(event) }

    public func show(_ frame: Frame) {
        if frames.count == history { frames.removeFirst() }
        frames.append(repertoire == .ascii ? frame.inASCII() : frame)
    }

    /// The script's next event, at once. After its end: `nil`, or ``InputEvent/quit`` where the wait has no end.
    public func nextEvent(within timeout: Duration?) -> InputEvent? {
        guard position < script.count else { return timeout == nil ? .quit : nil }
        defer { position += 1 }
        if case .resize(let size)? = script[position] { self.size = size }
        return script[position]
    }

    public func close() { isClosed = true }
}
