import Testing

@testable import Classroom

/// What those who are in hear.
@Suite struct FollowingTests {
    @Test func aFollowerHearsWhatIsPublished() throws {
        let server = try ClassroomServer.open()
        let client = try server.follow()
        server.publish([1, 2, 3], .state)
        #expect(client.hears([1, 2, 3], .state))
        server.close()
    }

    @Test func whoComesLateHearsTheNewestAtOnce() throws {
        let server = try ClassroomServer.open()
        for value in UInt8(0)..<50 { server.publish([value], .state) }
        server.publish([9], .lesson)
        let client = try server.follow()
        var topics: [Topic] = []
        #expect(
            becomes {
                for case .received(let topic, _) in client.events() { topics.append(topic) }
                return topics.count >= 2
            })
        #expect(topics == [.lesson, .state])
    }

    @Test func notesAreForThePresenterAlone() throws {
        let server = try ClassroomServer.open()
        let follower = try server.follow()
        let notes = try server.enter(.notes, code: server.codes.notes)
        server.publish([7], .notes)
        server.publish([8], .state)
        #expect(notes.hears([7], .notes))
        var heard: [ClassroomEvent] = []
        #expect(
            becomes {
                heard += follower.events()
                return heard.contains(.received(.state, [8]))
            })
        #expect(heard == [.received(.state, [8])])
        #expect(server.audience.notes == 1)
        #expect(server.audience.followers == 1)
    }

    @Test func theNewestOfMuchArrivesAndNothingFollowsIt() throws {
        let server = try ClassroomServer.open()
        let client = try server.follow()
        var last: UInt8 = 0
        for value in 0..<2000 {
            last = UInt8(value % 251)
            server.publish([last, UInt8(value / 256), UInt8(value % 256)], .state)
        }
        #expect(client.hears([last, 7, 207], .state))
        #expect(client.events() == [])
    }

    @Test func aHundredFollowersHearTheSame() throws {
        let server = try ClassroomServer.open()
        let clients = try (0..<100).map { _ in try server.follow() }
        #expect(server.audience.followers == 100)
        let lesson = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        server.publish(lesson, .lesson)
        server.publish([42], .state)
        for client in clients {
            var heard: [ClassroomEvent] = []
            #expect(
                becomes {
                    heard += client.events()
                    return heard.count >= 2
                })
            #expect(heard == [.received(.lesson, lesson), .received(.state, [42])])
        }
        for client in clients { client.close() }
        #expect(becomes { server.audience.followers == 0 })
        #expect(server.audience.dropped == 0)
    }

    @Test func theLongestMessageArrivesAndALongerOneIsRefused() throws {
        let server = try ClassroomServer.open()
        let client = try server.follow()
        let longest = [UInt8](repeating: 5, count: server.limits.messageBytes - 1)
        #expect(!server.publish(longest + [5], .lesson))
        #expect(server.publish(longest, .lesson))
        #expect(client.hears(longest, .lesson))
    }

    @Test(arguments: ["::1", "[::1]", "localhost", "127.0.0.1"])
    func addressesAndNamesAreUnderstood(host: String) throws {
        guard let server = try? ClassroomServer(address: host, port: 0) else {
            // A machine without IPv6 has no ::1.
            #expect(host.contains("::1"))
            return
        }
        let client = try ClassroomClient(host: host, port: server.port, code: server.codes.follower, role: .follower)
        server.publish([1], .state)
        #expect(client.hears([1], .state))
    }
}
