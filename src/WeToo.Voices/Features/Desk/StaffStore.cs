using Microsoft.AspNetCore.Identity;
using WeToo.Hosting.Storage;
using WeToo.Voices.Mails;

namespace WeToo.Voices.Features.Desk;

/// <summary>Keeps those who work for the publication, in the form that ASP.NET Core Identity asks for. What is set is written by <see cref="UpdateAsync"/>, unless it was changed since it was read.</summary>
internal sealed class StaffStore(Database database, Keys keys)
    : IUserPasswordStore<StaffMember>, IUserSecurityStampStore<StaffMember>, IUserTwoFactorStore<StaffMember>, IUserAuthenticatorKeyStore<StaffMember>
{
    private const long MostTries = 10;
    private const long LockSeconds = 15 * 60;

    public async Task<IdentityResult> CreateAsync(StaffMember user, CancellationToken cancellationToken) =>
        await database.TransactAsync(session => session.QueryOne<long>(Sql.Named, user) > 0 ? 0 : session.Execute(Sql.Add, user), cancellationToken) > 0
            ? Made(user)
            : IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.Name));

    public async Task<IdentityResult> UpdateAsync(StaffMember user, CancellationToken cancellationToken)
    {
        if (await database.TransactAsync(session => session.Execute(Sql.Update, user), cancellationToken) == 0)
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());

        user.ReadStamp = user.Stamp;
        return IdentityResult.Success;
    }

    /// <summary>Takes one of the few tries there are, before a password is looked at: many at once have no more of them than one after the other.</summary>
    /// <returns>Whether there was one left.</returns>
    internal Task<bool> TakeTryAsync(StaffMember user, long now) =>
        database.TransactAsync(session => session.Execute(Sql.TakeTry, new { staff_id = user.StaffId, now_s = now, most = MostTries, until_s = now + LockSeconds }) > 0, CancellationToken.None);

    /// <summary>Gives the tries back to somebody who was right, unless they were dismissed meanwhile.</summary>
    internal Task<bool> GiveTriesBackAsync(StaffMember user) =>
        database.TransactAsync(session => session.Execute(Sql.GiveTriesBack, new { staff_id = user.StaffId, stamp = user.Stamp }) > 0, CancellationToken.None);

    public Task<IdentityResult> DeleteAsync(StaffMember user, CancellationToken cancellationToken) => throw new NotSupportedException("Decisions keep who made them: dismiss instead.");

    public Task<StaffMember?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.QueryOne<StaffMember>(Sql.ById, new { staff_id = Convert.FromHexString(userId) }), cancellationToken);

    public Task<StaffMember?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.QueryOne<StaffMember>(Sql.ByName, new { folded = normalizedUserName }), cancellationToken);

    public Task<string> GetUserIdAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(StaffMember user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Folded);

    public Task SetNormalizedUserNameAsync(StaffMember user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.Folded = normalizedName ?? "");

    public Task SetPasswordHashAsync(StaffMember user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.Password = passwordHash ?? "");

    public Task<string?> GetPasswordHashAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.Password.Length > 0 ? user.Password : null);

    public Task<bool> HasPasswordAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(user.Password.Length > 0);

    public Task SetSecurityStampAsync(StaffMember user, string stamp, CancellationToken cancellationToken) => Set(() => user.Stamp = stamp);

    public Task<string?> GetSecurityStampAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stamp);

    public Task SetTwoFactorEnabledAsync(StaffMember user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> GetTwoFactorEnabledAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetAuthenticatorKeyAsync(StaffMember user, string key, CancellationToken cancellationToken) => Set(() => user.Totp = keys.Seal(key, user.StaffId));

    public Task<string?> GetAuthenticatorKeyAsync(StaffMember user, CancellationToken cancellationToken) => Task.FromResult(keys.Open(user.Totp, user.StaffId));

    public void Dispose()
    {
    }

    private static IdentityResult Made(StaffMember user)
    {
        user.ReadStamp = user.Stamp;
        return IdentityResult.Success;
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }

    private static class Sql
    {
        private const string Columns = "SELECT staff_id, name, folded, password, stamp, stamp AS read_stamp, totp, invited_until_s FROM staff";

        internal const string ById = $"{Columns} WHERE staff_id = @staff_id";

        internal const string ByName = $"{Columns} WHERE folded = @folded";

        internal const string Named = "SELECT count(*) FROM staff WHERE folded = @Folded";

        internal const string Add = """
            INSERT INTO staff (staff_id, name, folded, password, stamp, totp, failures, locked_until_s, invited_until_s)
            VALUES (@StaffId, @Name, @Folded, @Password, @Stamp, @Totp, 0, NULL, @InvitedUntilS)
            """;

        internal const string Update = """
            UPDATE staff SET password = @Password, stamp = @Stamp, totp = @Totp, invited_until_s = @InvitedUntilS WHERE staff_id = @StaffId AND stamp = @ReadStamp
            """;

        internal const string TakeTry = """
            UPDATE staff SET failures = CASE WHEN failures + 1 >= @most THEN 0 ELSE failures + 1 END, locked_until_s = CASE WHEN failures + 1 >= @most THEN @until_s ELSE locked_until_s END
            WHERE staff_id = @staff_id AND (locked_until_s IS NULL OR locked_until_s <= @now_s)
            """;

        internal const string GiveTriesBack = "UPDATE staff SET failures = 0, locked_until_s = NULL WHERE staff_id = @staff_id AND stamp = @stamp";
    }
}
