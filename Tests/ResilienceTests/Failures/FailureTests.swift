import Resilience
import Testing

@Suite struct FailureTests {
    @Test func transientIsWhatMayPassByItself() {
        let yes: [FailureKind] = [
            .timeout, .refused, .reset, .rejected, .status(408), .status(429), .status(500), .status(503), .status(599),
        ]
        let no: [FailureKind] = [
            .status(400), .status(401), .status(403), .status(404), .status(409), .policy, .cancelled, .other,
        ]
        for kind in yes { #expect(FailureSet.transient.contains(kind), "\(kind)") }
        for kind in no { #expect(!FailureSet.transient.contains(kind), "\(kind)") }
    }

    @Test func unhealthyLeavesOutTheCallersOwnMistakes() {
        let yes: [FailureKind] = [.timeout, .status(408), .status(429), .status(500), .policy, .other]
        for kind in yes { #expect(FailureSet.unhealthy.contains(kind), "\(kind)") }
        for status in 400...499 where status != 408 && status != 429 {
            #expect(!FailureSet.unhealthy.contains(.status(status)))
        }
        #expect(!FailureSet.unhealthy.contains(.cancelled))
    }

    @Test func allExceptIsTheOppositeAndTwiceTheSame() {
        let set: FailureSet = [.timeout, .status(500)]
        for kind: FailureKind in [.timeout, .status(500), .status(501), .other] {
            #expect(FailureSet.all(except: set).contains(kind) == !set.contains(kind))
        }
        #expect(FailureSet.all(except: .all(except: set)) == set)
    }

    @Test func errorsAreClassifiedByTheirOwnWord() {
        struct Unknown: Error {}
        #expect(Failure(CancellationError()) == Failure(.cancelled))
        #expect(Failure(Unknown()) == Failure(.other))
        #expect(Failure(Failure(.status(503), retryAfter: .never)) == Failure(.status(503), retryAfter: .never))
        #expect(Failure(Rejection(.circuitOpen, retryAfter: .seconds(3))) == Failure(.policy))
    }

    @Test func onlyWhatNeverBeganIsBeforeStart() {
        let kinds: [FailureKind] = [.timeout, .refused, .reset, .rejected, .status(503), .policy, .cancelled, .other]
        #expect(kinds.filter(\.isBeforeStart) == [.refused, .rejected, .policy])
    }
}
