using WeToo.Hosting.Audit;

namespace WeToo.Vault.Features.Audit;

/// <summary>
/// What the operator and the team did. The numbers are part of the log: never use one again. Acts in a case are not among them: a line for each
/// would tell the operator, and whoever collects logs, when accounts meet. Authors see who opened theirs.
/// </summary>
public enum OperatorAct
{
    /// <summary>A backup was made; the digest is that of its file.</summary>
    BackupMade = 1,

    /// <summary>This database came from a backup; the digest is that of the manifest.</summary>
    Restored = 2,

    /// <summary>Somebody accepted an invitation to the team; the digest is that of their signing key.</summary>
    CounselorJoined = 3,

    /// <summary>Somebody of the team stands by a change of it; the digest is that of the signed message.</summary>
    TeamChangeSigned = 4,

    /// <summary>A keyset was put in force; the digest is that of its text.</summary>
    KeysetInForce = 5,

    /// <summary>Figures of a year were published; the digest is that of the words.</summary>
    StatisticsPublished = 6,

    /// <summary>A request from outside was registered; the digest is that of the row.</summary>
    RequestRegistered = 7,

    /// <summary>Somebody says that they lost their desk key; the digest is that of the request's number.</summary>
    KeyRecoveryAsked = 8,

    /// <summary>A colleague gave their share of such a key; the digest is that of the request's number.</summary>
    KeyShareGiven = 9,

    /// <summary>The operator decided how long things stay; the digest is that of the periods and of the day from which they hold.</summary>
    RetentionDecided = 10,

    /// <summary>What was due was deleted; the digest is that of the certificate.</summary>
    RetentionRun = 11,
}

/// <summary>The vault's log.</summary>
public static class VaultAudit
{
    /// <summary>Its chain, and how it is exported. It begins with zeros: the deployment may not have its name yet.</summary>
    public static AuditChain<OperatorAct> Chain { get; } = new("wetoo/v1/vault-audit", "vault-audit/1", "vault");
}
