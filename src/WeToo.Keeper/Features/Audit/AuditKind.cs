using WeToo.Hosting.Audit;

namespace WeToo.Keeper.Features.Audit;

/// <summary>What a keeper did. The numbers are part of the log: never use one again.</summary>
public enum AuditKind
{
    /// <summary>It evaluated blinded elements.</summary>
    Evaluation = 1,

    /// <summary>It gave shares of seeds.</summary>
    Drop = 2,

    /// <summary>It gave shares of contact parts.</summary>
    Opening = 3,

    /// <summary>It gave a share of an account.</summary>
    Release = 4,

    /// <summary>It heard that a filing was withdrawn.</summary>
    Tombstone = 5,

    /// <summary>It signed a keyset.</summary>
    KeysetSigned = 6,

    /// <summary>It put a keyset in force, and erased the shares of the epoch before if the epoch changed.</summary>
    KeysetInForce = 7,

    /// <summary>It answered a step of a key ceremony.</summary>
    CeremonyStep = 8,

    /// <summary>Its operator gave up a key ceremony here.</summary>
    CeremonyAbandoned = 9,

    /// <summary>It took the conflict tags of somebody of the team.</summary>
    ConflictTags = 10,

    /// <summary>It evaluated once more, for a counselor, what an opened filing names.</summary>
    Recheck = 11,
}

/// <summary>A keeper's log: its signing key is what the chain begins with.</summary>
public static class KeeperAudit
{
    /// <summary>Its chain, and how it is exported.</summary>
    public static AuditChain<AuditKind> Chain { get; } = new("wetoo/v1/audit", "audit/1", "keeper");
}
