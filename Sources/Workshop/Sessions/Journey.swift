import TerminalKit
import Trace

/// The frames of a session, in the order of its story: what a golden file holds.
public struct Journey: Hashable, Sendable {
    public struct Shot: Hashable, Sendable {
        public var name: String
        public var time: VirtualTime?
        /// What the student did last.
        public var after: String
        /// Digest of the run on the screen.
        public var run: String?
        public var frame: Frame
    }

    public var name: String
    public var lesson: String
    public var size: Size
    public var frames: [Shot] = []
    /// Fingerprint of every frame that was shown, those without a name too.
    public private(set) var screens = TraceDigest()
    public private(set) var screenCount = 0

    public init(name: String, lesson: String, size: Size) {
        self.name = name
        self.lesson = lesson
        self.size = size
    }

    init(name: String, lesson: String, size: Size, frames: [Shot]) {
        self.init(name: name, lesson: lesson, size: size)
        self.frames = frames
    }

    /// Adds a frame to the fingerprint.
    mutating func note(_ frame: Frame) {
        screens.add(frame.exportedText)
        screenCount += 1
    }
}
