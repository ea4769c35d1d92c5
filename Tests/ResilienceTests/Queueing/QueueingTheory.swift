import Foundation

/// The formulas that simulations are held against. A service takes 1 in the mean.
enum QueueingTheory {
    /// The share of servers with at least `jobs` jobs when each arrival joins the shortest of `choices`, and there are
    /// infinitely many servers (Mitzenmacher): λ^((dⁱ - 1) / (d - 1)).
    static func share(atLeast jobs: Int, choices: Int, load: Double) -> Double {
        pow(load, (0..<jobs).reduce(0) { $0 + pow(Double(choices), Double($1)) })
    }

    /// The mean time in that system: Σ λ^((dⁱ - d) / (d - 1)).
    static func supermarket(choices: Int, load: Double) -> Double {
        (1...200 * (choices == 1 ? 20 : 1)).reduce(0) { $0 + share(atLeast: $1, choices: choices, load: load) } / load
    }

    /// The probability that an arrival waits in M/M/c (Erlang C).
    static func erlangC(servers: Int, load: Double) -> Double {
        var (term, sum) = (1.0, 0.0)
        for k in 0..<servers {
            sum += term
            term *= load / Double(k + 1)
        }
        let waiting = term * Double(servers) / (Double(servers) - load)
        return waiting / (sum + waiting)
    }

    /// The mean time in M/M/c: C / (c - a) + 1.
    static func sharedQueue(servers: Int, load: Double) -> Double {
        erlangC(servers: servers, load: load) / (Double(servers) - load) + 1
    }

    /// The mean time in E_n/M/1, what each of n servers sees under round robin: 1 / (1 - σ), σ the solution of
    /// σ = (nλ / (nλ + 1 - σ))ⁿ below 1.
    static func roundRobin(servers: Int, load: Double) -> Double {
        let rate = Double(servers) * load
        var root = 0.0
        for _ in 0..<10_000 { root = pow(rate / (rate + 1 - root), Double(servers)) }
        return 1 / (1 - root)
    }
}
