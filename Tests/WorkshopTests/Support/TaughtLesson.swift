import Analysis
import Scenario
import Synchronization
import Testing

@testable import Workshop

/// A lesson of the project as it is taught, and what its runs say.
struct TaughtLesson {
    private static let folder =
        String(#filePath.dropLast("Tests/WorkshopTests/Lessons/TaughtLesson.swift".count)) + "Lessons"

    let lesson: Lesson
    let runs: LessonRuns

    /// One for all tests of a lesson: its runs are computed once.
    static func shared(_ id: String) throws -> TaughtLesson {
        try known.withLock { known in
            if let taught = known[id] { return taught }
            let taught = try TaughtLesson(id)
            known[id] = taught
            return taught
        }
    }

    private static let known = Mutex<[String: TaughtLesson]>([:])

    private init(_ id: String) throws {
        lesson = try LessonLibrary(folder: Self.folder).load(id)
        runs = LessonRuns(lesson)
    }

    var kindsOfSteps: Set<String> { Set(lesson.steps.map(\.kindName)) }

    func step(_ id: String) throws -> LessonStep { try #require(lesson.step(id)) }

    /// One of the lesson's values, by its name.
    func value(_ name: String, seedOffset: UInt64 = 0) throws -> MetricValue {
        let value = try #require(lesson.values.first { $0.name == name }, "\(name)")
        return try runs.value(of: value.expression, seedOffset: seedOffset)
    }

    /// Any figure, as a step's text could show it.
    func figure(_ source: String, in step: String) throws -> MetricValue {
        let expression = try MetricParser.expression(source, in: lesson.scope(of: self.step(step))).expression
        return try runs.value(of: expression)
    }

    func verdict(on choice: String, in step: String) throws -> PredictionVerdict {
        guard case .predict(let prediction) = try self.step(step).kind else {
            throw Missing(what: "prediction", step: step)
        }
        return try runs.verdict(on: .choice(id: choice), to: prediction)
    }

    func grade(_ settings: [String: String], in step: String) throws -> ChallengeVerdict {
        let step = try self.step(step)
        guard case .challenge(let challenge) = step.kind else { throw Missing(what: "challenge", step: step.id) }
        let settings = settings.sorted { $0.key < $1.key }.map { Setting(path: $0.key, value: $0.value) }
        return try runs.grade(settings, in: challenge, of: step)
    }

    /// The run of a scenario as the lesson has it.
    func index(_ scenario: String) throws -> TraceIndex { try runs.index(scenario, [], seedOffset: 0) }

    private struct Missing: Error {
        var what: String
        var step: String
    }
}
