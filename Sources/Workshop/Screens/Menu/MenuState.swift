/// The list of lessons, and which one the cursor is on.
public struct MenuState: Sendable {
    public let lessons: [LessonCover]
    var index: Int

    init(lessons: [LessonCover], selected id: String?) {
        self.lessons = lessons
        index = lessons.firstIndex { $0.id == id } ?? 0
    }

    var lesson: LessonCover? { lessons.indices.contains(index) ? lessons[index] : nil }

    mutating func perform(_ command: Command) {
        switch command {
        case .up: index = max(0, index - 1)
        case .down: index = min(max(0, lessons.count - 1), index + 1)
        case .toStart: index = 0
        case .toEnd: index = max(0, lessons.count - 1)
        default: break
        }
    }

    /// The lesson to go on with: the first that is not finished.
    static func next(in lessons: [LessonCover], _ progress: Progress) -> String? {
        lessons.first { progress.lessons[$0.id]?.isFinished != true }?.id
    }
}
