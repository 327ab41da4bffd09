using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Coherence;

/// <summary>The portal with one protection between processes broken.</summary>
static class ClusterMutants
{
    public const string OutboxOff = "outbox-off";
    public const string LicenceOff = "licence-off";
    public const string RegistersLate = "registers-late";
    public const string LooksEarly = "looks-early";
    public const string SerialCursor = "serial-cursor";

    public static void Add(string mutant, WebApplicationBuilder builder)
    {
        var sql = (OutboxSql)builder.Services.Last(service => service.ServiceType == typeof(OutboxSql)).ImplementationInstance!;
        switch (mutant)
        {
            case OutboxOff: builder.Services.AddSingleton(sql with { Reader = () => new NothingRead() }); break;
            case LicenceOff: builder.Services.AddSingleton<Licence, EndlessLicence>(); break;
            case RegistersLate: builder.Services.AddSingleton<OutboxSql>(new LateRegistration(sql)); break;
            case LooksEarly:
                var early = new EarlySight(sql);
                builder.Services.AddSingleton<OutboxSql>(early);
                builder.Services.AddSingleton<IInterceptor>(new SightBeforeCommit(early));
                break;
            case SerialCursor: builder.Services.AddSingleton(sql with { Reader = () => new SerialReader(sql.Now) }); break;
            default: throw new ArgumentOutOfRangeException(nameof(mutant), mutant, "There is no such mutant.");
        }
    }

    /// <summary>As if writers wrote no rows: no process hears of another's changes.</summary>
    sealed class NothingRead : OutboxReader
    {
        public override void Start(DbConnection connection)
        {
        }

        public override IReadOnlyList<OutboxRow>? Read(DbConnection connection) => [];

        public override void Advance()
        {
        }
    }

    sealed class EndlessLicence(TimeProvider time) : Licence(time)
    {
        public override bool Held => true;
    }

    /// <summary>Polls and serves for three seconds before anybody can know of it.</summary>
    sealed record LateRegistration : OutboxSql
    {
        long began;
        (string Replica, string Store)? held;

        public LateRegistration(OutboxSql sql) : base(sql) => Reader = () => new Late(sql.Reader(), this);

        public override void Register(DbConnection connection, string replica, string store) => (held, began) = ((replica, store), TimeProvider.System.GetTimestamp());

        void RegisterAtLast(DbConnection connection)
        {
            if (held is not { } late || TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(3)) return;
            base.Register(connection, late.Replica, late.Store);
            held = null;
        }

        sealed class Late(OutboxReader inner, LateRegistration registration) : OutboxReader
        {
            public override void Start(DbConnection connection) => inner.Start(connection);

            public override IReadOnlyList<OutboxRow>? Read(DbConnection connection)
            {
                registration.RegisterAtLast(connection);
                return inner.Read(connection);
            }

            public override void Advance() => inner.Advance();
        }
    }

    /// <summary>Whether others serve is asked before the commit, and believed after it. For one writer at a time.</summary>
    sealed record EarlySight(OutboxSql Sql) : OutboxSql(Sql)
    {
        public bool Others { get; set; }

        public override Task<bool> HasOthersAsync(DbConnection connection, string store) => Task.FromResult(Others);
    }

    sealed class SightBeforeCommit(EarlySight sight) : SaveChangesInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await using var connection = (DbConnection)Activator.CreateInstance(eventData.Context!.Database.GetDbConnection().GetType(), eventData.Context.Database.GetConnectionString())!;
            await connection.OpenAsync(cancellationToken);
            sight.Others = await sight.Sql.HasOthersAsync(connection, "");
            // Long enough for a process to start, register and read what is about to change; inside a transaction, that would wait for us in turn.
            if (eventData.Context.Database.CurrentTransaction is null) await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
            return result;
        }
    }
}
