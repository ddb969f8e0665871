using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using WeToo.Voices.Mails;

namespace WeToo.Voices.Features.Desk;

/// <summary>Who works for the publication: invited by the operator, let in by a password together with a code, and dismissed.</summary>
internal sealed class Team(UserManager<StaffMember> users, SignInManager<StaffMember> sessions, StaffStore store, Keys keys, TimeProvider time)
{
    internal const string Link = "staff";

    private static readonly TimeSpan s_invitation = TimeSpan.FromDays(7);

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Invites somebody.</summary>
    /// <returns>The last part of the link by which they join; <see langword="null"/> when the name is taken.</returns>
    internal async Task<string?> InviteAsync(string name)
    {
        var member = new StaffMember { StaffId = RandomNumberGenerator.GetBytes(16), Name = name, InvitedUntilS = Now + (long)s_invitation.TotalSeconds };
        member.Totp = keys.Seal(users.GenerateNewAuthenticatorKey(), member.StaffId);
        return (await users.CreateAsync(member)).Succeeded ? keys.LinkTo(member.StaffId, Link) : null;
    }

    /// <summary>Who was invited by a link that can still be taken.</summary>
    internal async Task<StaffMember?> InvitedAsync(string link) =>
        keys.IdOf(link, Link) is { } id && await users.FindByIdAsync(Convert.ToHexStringLower(id)) is { InvitedUntilS: { } until } member && until > Now ? member : null;

    /// <summary>The key that somebody who joins puts into their device.</summary>
    internal Task<string?> KeyOfAsync(StaffMember member) => users.GetAuthenticatorKeyAsync(member);

    /// <summary>Takes the invitation.</summary>
    /// <returns>The text that says what is wrong; <see langword="null"/> once signed in.</returns>
    internal async Task<string?> JoinAsync(StaffMember member, string password, string code)
    {
        if (!await IsCodeAsync(member, code)) return "desk.wrong.code";
        if (!(await users.AddPasswordAsync(member, password)).Succeeded) return "desk.wrong.password";

        member.InvitedUntilS = null;
        if (!(await users.UpdateAsync(member)).Succeeded) return "desk.wrong.code"; // Dismissed meanwhile.
        await sessions.SignInAsync(member, isPersistent: false);
        return null;
    }

    /// <summary>Lets somebody in who gives name, password and code; never says which of them is wrong.</summary>
    internal async Task<bool> SignInAsync(string name, string password, string code)
    {
        if (await users.FindByNameAsync(name) is not { Password.Length: > 0 } member || !await store.TakeTryAsync(member, Now))
        {
            _ = users.PasswordHasher.HashPassword(new(), password); // As long as for a name that is there and has tries left.
            return false;
        }

        var isRight = await users.CheckPasswordAsync(member, password);
        if (!await IsCodeAsync(member, code) || !isRight || !await store.GiveTriesBackAsync(member)) return false;
        await sessions.SignInAsync(member, isPersistent: false);
        return true;
    }

    /// <summary>Ends the session.</summary>
    internal Task SignOutAsync() => sessions.Context.SignOutAsync(IdentityConstants.ApplicationScheme);

    /// <summary>Lets somebody in no more, and ends their sessions.</summary>
    /// <returns>Whether there is anybody of that name.</returns>
    internal async Task<bool> DismissAsync(string name)
    {
        while (await users.FindByNameAsync(name) is { } member)
        {
            member.InvitedUntilS = null;
            if ((await users.RemovePasswordAsync(member)).Succeeded) return true; // With a new stamp. Else somebody changed them meanwhile.
        }

        return false;
    }

    private Task<bool> IsCodeAsync(StaffMember member, string code) =>
        users.VerifyTwoFactorTokenAsync(member, TokenOptions.DefaultAuthenticatorProvider, string.Concat(code.Where(char.IsAsciiDigit)));
}
