import Classroom
import Glibc
import Workshop

/// A classroom that is open, and what the screen says of it.
struct OpenClassroom {
    let server: ClassroomServer
    /// Where it can be reached from.
    let address: HostPort

    /// Opens it at an address. Without a port it takes the one that a presentation of the lesson had that broke off,
    /// the usual one, or any that is free.
    init(at place: HostPort, for lesson: String) throws(Failure) {
        let isEverywhere = ["0.0.0.0", "::", "[::]"].contains(place.host)
        let host = isEverywhere ? Self.ownAddress ?? place.host : place.host
        let left = RendezvousFile.left.filter { $0.address == HostPort(host: host, port: $0.address.port) }
        let known = left.filter { $0.lesson == lesson }.compactMap(\.address.port)
        let ports = place.port.map { [$0] } ?? known + [HostPort.usualPort, 0]
        // After a crash the class comes back by itself.
        server = try Self.server(at: place, ports) { port in left.first { $0.address.port == port }?.codes }
        address = HostPort(host: host, port: server.port)
    }

    /// At the first of the ports that is free.
    private static func server(
        at place: HostPort, _ ports: [Int], codes: (Int) -> Codes?
    ) throws(Failure) -> ClassroomServer {
        for port in ports {
            do throws(ClassroomError) {
                return try ClassroomServer(address: place.host, port: port, codes: codes(port) ?? Codes())
            } catch {
                guard port != ports.last, case .portInUse = error else { throw Failure(error, at: place) }
            }
        }
        throw Failure(.noSuchAddress(place.host), at: place)
    }

    var sharing: PresenterState.Sharing {
        PresenterState.Sharing(address: address.description, code: server.codes.follower)
    }

    /// The first address of this machine that others can use.
    private static var ownAddress: String? {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return nil }
        defer { freeifaddrs(list) }
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            let isUp = entry.ifa_flags & UInt32(IFF_UP) != 0
            let isLoopback = entry.ifa_flags & UInt32(IFF_LOOPBACK) != 0
            guard isUp, !isLoopback, let address = entry.ifa_addr, address.pointee.sa_family == sa_family_t(AF_INET)
            else { continue }
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            guard getnameinfo(address, length, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else {
                continue
            }
            return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return nil
    }
}

extension Failure {
    /// Why there is no way in or out: what is so, and below it what can be done.
    init(_ error: ClassroomError, at place: HostPort) {
        let words = "\(error)"
        let end = words.firstRange(of: ". ")
        let reason = end.map { String(words[..<$0.lowerBound]) } ?? String(words.dropLast())
        self = .badInput(place.description, reason, end.map { String(words[$0.upperBound...]) })
    }
}
