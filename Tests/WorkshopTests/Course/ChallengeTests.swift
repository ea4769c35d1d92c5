import Analysis
import Scenario
import TerminalKit
import Testing
import Trace

@testable import Workshop

/// A challenge is not won by sparing the system its work.
@Suite struct ChallengeTests {
    private static func run(
        requests: Int, answers: Int, calls: [(service: String, count: Int)] = [("sql", 10)]
    ) -> Substance {
        Substance(requests: requests, answers: answers, calls: calls)
    }

    private static let untouched = run(requests: 100, answers: 80)

    @Test func fewerRequestsAreRefused() {
        let run = Self.run(requests: 89, answers: 89)
        #expect(TrivialPass(run, untouched: Self.untouched, allowing: []) == .requests(sent: 89, of: 100))
        #expect(TrivialPass(run, untouched: Self.untouched, allowing: [.load]) == nil)
        #expect(TrivialPass(Self.run(requests: 90, answers: 90), untouched: Self.untouched, allowing: []) == nil)
    }

    @Test func fewFullAnswersAreRefused() {
        let run = Self.run(requests: 100, answers: 39)
        #expect(TrivialPass(run, untouched: Self.untouched, allowing: []) == .answers(full: 39, of: 100))
        #expect(TrivialPass(run, untouched: Self.untouched, allowing: [.answers]) == nil)
        #expect(TrivialPass(Self.run(requests: 100, answers: 40), untouched: Self.untouched, allowing: []) == nil)
    }

    /// Where the untouched system answers nobody, fallbacks for all are no cure either.
    @Test func noFullAnswerAtAllIsRefused() {
        let down = Self.run(requests: 100, answers: 0)
        #expect(TrivialPass(down, untouched: down, allowing: []) == .answers(full: 0, of: 100))
        #expect(TrivialPass(Self.run(requests: 100, answers: 1), untouched: down, allowing: []) == nil)
    }

    @Test func aServiceThatIsNotCalledIsRefused() {
        let run = Self.run(requests: 100, answers: 100, calls: [("sql", 0)])
        #expect(TrivialPass(run, untouched: Self.untouched, allowing: []) == .calls(service: "sql"))
        #expect(TrivialPass(run, untouched: Self.untouched, allowing: [.calls]) == nil)
    }

    @Test func theReasonIsSaidInBothLanguages() {
        let passes: [TrivialPass] = [.requests(sent: 12, of: 300), .answers(full: 3, of: 9), .calls(service: "sql")]
        for pass in passes {
            #expect(pass.phrase(.english) != pass.phrase(.spanish))
            #expect(!pass.phrase(.spanish).isEmpty)
        }
    }

    /// Around the untouched settings and around the solution, each control is turned to each of its values. Whatever
    /// then reaches the goals and counts has the work in it, counted here event by event.
    @Test(arguments: LessonFolders.ids) func noTrivialPassCounts(lesson id: String) throws {
        let runs = LessonRuns(try LessonFolders.library.load(id))
        for step in runs.lesson.steps {
            guard case .challenge(var challenge) = step.kind else { continue }
            challenge.seeds = 1
            #expect(try runs.grade(challenge.solution, in: challenge, of: step).isPassed, "\(step.id)")
            let untouched = try counts(runs, step, [])
            for settings in around([], step) + around(challenge.solution, step) {
                let verdict = try runs.grade(settings, in: challenge, of: step)
                guard verdict.isPassed else { continue }
                let counted = try counts(runs, step, settings)
                let what = "\(step.id): \(settings.map { "\($0.path) = \($0.value)" })"
                #expect(Double(counted.sent) >= 0.9 * Double(untouched.sent), "\(what)")
                #expect(counted.full > 0 && 2 * counted.full >= untouched.full, "\(what)")
                #expect(counted.called.isSuperset(of: untouched.called), "\(what)")
            }
        }
    }

    /// Fewer clients make any service fast.
    @Test func lessLoadIsRefusedOnTheScreenInBothLanguages() throws {
        let yaml = RehearsalLesson.yaml.replacing(
            """
              pair:
                clients: { web: { flow: quick, at: [ 0s, 0s ] } }
                controls:
            """,
            with: """
              pair:
                clients: { web: { flow: quick, arrivals: { poisson: 40/s } } }
                controls:
                  - { set: clients.web.arrivals.poisson, label: { en: Load, es: Carga }, values: [ 1/s, 40/s ] }
            """)
        let student = Student(try RehearsalLesson.make(yaml: yaml), size: Size(width: 120, height: 40)).at("faster")
        student.press("- enter").expect(text: "Goals: it does not count")
        student.expect(text: "Reached, but of 111 requests")
        #expect(student.app.progress.lessons["rehearsal"]?.passed == [])
        student.press("L").expect(text: "Objetivos: no cuenta")
    }

    private func around(_ settings: [Setting], _ step: LessonStep) -> [[Setting]] {
        step.stage.controls.flatMap { control in
            control.range.values.map { value in
                settings.filter { $0.path != control.path } + [Setting(path: control.path, value: value)]
            }
        }
    }

    /// Requests that were sent, those that were answered well without a fallback, and the services that were called.
    private func counts(
        _ runs: LessonRuns, _ step: LessonStep, _ settings: [Setting]
    ) throws -> (sent: Int, full: Int, called: Set<String>) {
        let trace = try runs.view(step.stage.scenario, settings).trace
        let document = try runs.document(step.stage.scenario, settings: settings)
        var pools: [String: String] = [:]
        for backend in document.scenario.backends {
            for server in backend.pool?.servers ?? [] { pools[server.backend.name] = backend.name }
        }
        var (sent, ended): (Int, Set<RequestID>) = (0, [])
        var fallbacks: Set<RequestID> = []
        var called: Set<String> = []
        for event in trace.events {
            switch event.kind {
            case .requestStarted: sent += 1
            case .requestFinished: if event.outcome.isSuccess { ended.insert(event.request) }
            case .fallbackUsed, .fallbackKept: fallbacks.insert(event.request)
            case .callSent:
                let name = trace.name(event.component)
                called.insert(pools[name] ?? name)
            default: break
            }
        }
        return (sent, ended.subtracting(fallbacks).count, called)
    }
}
