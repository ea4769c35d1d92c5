import Scenario

/// How far a student is in the lessons of a course.
struct CourseProgress {
    var lessons: [LessonCover]
    var progress: Progress

    /// Where to go on: a lesson, and the step where the student left it.
    struct Place: Hashable {
        var lesson: LessonCover
        /// From 0; `nil`: its card.
        var step: Int?
    }

    var finished: Int { lessons.count { progress.lessons[$0.id]?.isFinished == true } }

    /// The part of all steps that is done, 0...1.
    var share: Double {
        let steps = lessons.reduce(0) { $0 + $1.steps.count }
        return steps == 0 ? 0 : Double(lessons.reduce(0) { $0 + done(in: $1) }) / Double(steps)
    }

    /// Steps of a lesson that are done: of a finished one all are.
    func done(in lesson: LessonCover) -> Int {
        guard let own = progress.lessons[lesson.id] else { return 0 }
        return own.isFinished ? lesson.steps.count : lesson.steps.count { own.isDone($0) }
    }

    /// Whether the student has begun it.
    func isStarted(_ lesson: LessonCover) -> Bool {
        guard let own = progress.lessons[lesson.id] else { return false }
        return own.isFinished || own.hasSeenSummary || own.step != nil || !own.done.isEmpty
    }

    /// Where the student was last; then what was begun, then what comes next. `nil`: everything is finished.
    var next: Place? {
        let open = lessons.filter { progress.lessons[$0.id]?.isFinished != true }
        let last = open.first { $0.id == progress.last && isStarted($0) }
        return (last ?? open.first(where: isStarted) ?? open.first).map { Place(lesson: $0, step: step(in: $0)) }
    }

    /// The step where the student left a lesson; who left it at its end goes on with the first that is open.
    func step(in lesson: LessonCover) -> Int? {
        guard let own = progress.lessons[lesson.id] else { return nil }
        if let id = own.step, let place = lesson.steps.firstIndex(where: { $0.id == id }) { return place }
        return own.hasSeenSummary && !own.isFinished ? lesson.steps.firstIndex { !own.isDone($0) } : nil
    }

    /// What a lesson builds on and the student has not finished.
    func missing(for lesson: LessonCover, in course: Course) -> [LessonCover] {
        course.needs(of: lesson.id, among: lessons).filter { progress.lessons[$0.id]?.isFinished != true }
    }
}
