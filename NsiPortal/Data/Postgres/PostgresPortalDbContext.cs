using Microsoft.EntityFrameworkCore;
using NsiPortal.Caching.Outbox;

namespace NsiPortal.Data.Postgres;

sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, OutboxLog outbox) : PortalDbContext(options, outbox);
