import Resilience
import Testing

/// The detection that tasks share.
@Suite struct OutlierDetectionTests {
    @Test func ejectsAndBringsBackInTheSweep() throws {
        let events = Locked<[OutlierEvent]>([])
        let rules = try OutlierDetectionRules.consecutive(2)
        let lines = try virtually { clock, diary in
            let pool = OutlierDetection(rules, hosts: 2, clock: clock, random: { 0 }) { event in
                events.change { $0.append(event) }
            }
            try await diary.pause(5000)
            for failure in [FailureKind.status(500), .cancelled, .policy, .timeout] { pool.record(failure, by: 1) }
            diary.note("\(pool.isEjected(0)) \(pool.isEjected(1))")
            try await diary.pause(34_999)
            diary.note("\(pool.isEjected(1)) \(pool.snapshot(of: 1)?.timeLeft == .zero)")
            try await diary.pause(1)
            diary.note("\(pool.isEjected(1))")
            pool.record(.reset, by: 1)
            pool.record(nil, by: 1)
            pool.record(.reset, by: 1)
            diary.note("\(pool.isEjected(1))")
        }
        #expect(lines == ["5000 false true", "39999 true true", "40000 false", "40000 false"])
        #expect(events.value.map { $0.ejection?.host ?? $0.comeback?.host } == [1, 1])
    }

    @Test func hostsJoinAndLeave() throws {
        let rules = try OutlierDetectionRules.consecutive(1)
        _ = try virtually { clock, _ in
            let pool = OutlierDetection(rules, clock: clock, random: { 0 })
            let hosts = [pool.add(), pool.add()]
            pool.record(.timeout, by: hosts[1])
            #expect(pool.isEjected(hosts[1]))
            pool.passedCheck(hosts[1])
            #expect(!pool.isEjected(hosts[1]))
            pool.remove(hosts[1])
            #expect(pool.snapshot(of: hosts[1]) == nil && pool.snapshot(of: hosts[0])?.state == .inService)
        }
    }
}
