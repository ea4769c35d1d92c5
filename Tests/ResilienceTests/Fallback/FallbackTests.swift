import Resilience
import Simulation
import Testing
import Trace

@Suite struct FallbackTests {
    static func note(_ diary: Diary) -> @Sendable (FallbackEvent) -> Void {
        { event in
            switch event {
            case .used(let source, let failure, let age):
                diary.note("\(source.rawValue) after \(failure.kind)" + (age.map { ", \($0) old" } ?? ""))
            case .kept: diary.note("kept")
            }
        }
    }

    @Test func defaultAnswersWhenTheWorkFails() throws {
        let lines = try virtually { _, diary in
            let fallback = Fallback<[String]>.value([], onEvent: Self.note(diary))
            diary.note("\(try await fallback.execute { ["a"] })")
            diary.note("\(try await fallback.execute { throw Failure(.status(500)) })")
        }
        #expect(lines == ["0 [\"a\"]", "0 default after status(500)", "0 []"])
    }

    @Test func partialAnswerIsMadeFromTheError() throws {
        let lines = try virtually { _, diary in
            let fallback = Fallback<Int?>.partial(onEvent: Self.note(diary)) { _ in nil }
            diary.note("\(try await fallback.execute { throw Failure(.timeout) } as Int?)")
        }
        #expect(lines == ["0 partial after timeout", "0 nil"])
    }

    @Test func otherSourceAnswersOrItsErrorStays() throws {
        let lines = try virtually { _, diary in
            let replica = Fallback<Int>.source(onEvent: Self.note(diary)) { 7 }
            let down = Fallback<Int>.source(onEvent: Self.note(diary)) { throw Failure(.refused) }
            diary.note("\(try await replica.execute { throw Failure(.timeout) })")
            do { _ = try await down.execute { throw Failure(.timeout) } } catch let error as Failure {
                diary.note("\(error.kind)")
            }
        }
        #expect(lines == ["0 source after timeout", "0 7", "0 refused"])
    }

    @Test func staleIsTheLastGoodAnswerWhileYoungEnough() throws {
        let lines = try virtually { clock, diary in
            let fallback = try Fallback<Int>.stale(
                upTo: .seconds(10), key: { 0 }, clock: clock, onEvent: Self.note(diary))
            let fail: @Sendable () async throws -> Int = { throw Failure(.timeout) }
            do { _ = try await fallback.execute(fail) } catch let error as Failure { diary.note("\(error.kind)") }
            _ = try await fallback.execute { 1 }
            _ = try await fallback.execute { 2 }
            try await diary.pause(9999)
            diary.note("\(try await fallback.execute(fail))")
            try await diary.pause(1)
            do { _ = try await fallback.execute(fail) } catch let error as Failure { diary.note("\(error.kind)") }
        }
        #expect(
            lines == [
                "0 timeout", "0 kept", "0 kept", "9999 stale after timeout, 9.999 seconds old", "9999 2",
                "10000 timeout",
            ])
    }

    enum Request { @TaskLocal static var user = "" }

    @Test func staleAnswersBelongToTheirKey() throws {
        let lines = try virtually { clock, diary in
            let fallback = try Fallback<String>.stale(key: { Request.user }, clock: clock)
            try await Request.$user.withValue("ana") { _ = try await fallback.execute { "Ana's" } }
            for user in ["ana", "bob"] {
                await Request.$user.withValue(user) {
                    let answer = try? await fallback.execute { throw Failure(.timeout) }
                    diary.note(answer ?? "nothing")
                }
            }
        }
        #expect(lines == ["0 Ana's", "0 nothing"])
    }

    @Test func cancelledWorkHasNoOtherAnswer() throws {
        let lines = try virtually { _, diary in
            let fallback = Fallback<Int>.value(0)
            do { _ = try await fallback.execute { throw CancellationError() } } catch { diary.note("\(error)") }
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let answer = try? await fallback.execute {
                        await diary.insist(50)
                        throw Failure(.timeout)
                    }
                    diary.note("\(answer as Int?)")
                }
                group.cancelAll()
            }
        }
        #expect(lines == ["0 CancellationError()", "50 nil"])
    }

    @Test func onlyForTheFailuresThatItNames() async {
        let fallback = Fallback<Int>.value(0, on: .transient)
        await #expect(throws: Failure(.status(404))) { try await fallback.execute { throw Failure(.status(404)) } }
    }

    @Test func impossibleSettingsAreErrors() {
        #expect(throws: PolicyError.self) {
            try Fallback<Int>.stale(upTo: .zero, key: { 0 }, clock: ContinuousClock())
        }
    }
}
