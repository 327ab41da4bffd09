using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace NsiPortal.Data.Postgres.Migrations;

/// <summary>Users, their classes, exercises and what pupils do.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261126000001_Students")]
sealed class Students : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Users", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Nickname = table.Column<string>("character varying(24)", maxLength: 24),
            NicknameKey = table.Column<string>("character varying(96)", maxLength: 96),
            Role = table.Column<int>("integer"),
            Disabled = table.Column<bool>("boolean"),
            CreatedAt = table.Column<DateTimeOffset>("timestamp with time zone"),
            Avatar = table.Column<string>("character varying(20)", maxLength: 20),
            ShownToAll = table.Column<bool>("boolean"),
            PasswordHash = table.Column<string>("text", nullable: true),
            SecurityStamp = table.Column<string>("character varying(64)", maxLength: 64),
            FailedSignIns = table.Column<int>("integer"),
            LockedUntil = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            MustChangePassword = table.Column<bool>("boolean"),
        }, constraints: table => table.PrimaryKey("PK_Users", row => row.Id));
        migrationBuilder.CreateIndex("IX_Users_NicknameKey", "Users", "NicknameKey", unique: true);

        migrationBuilder.CreateTable("Classes", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            Name = table.Column<string>("character varying(60)", maxLength: 60),
            TeacherId = table.Column<int>("integer"),
            Code = table.Column<string>("character varying(7)", maxLength: 7),
            CodeExpiresAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            Capacity = table.Column<int>("integer"),
            CreatedAt = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Classes", row => row.Id);
            table.ForeignKey("FK_Classes_Users_TeacherId", row => row.TeacherId, "Users", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Classes_Code", "Classes", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Classes_TeacherId", "Classes", "TeacherId");

        migrationBuilder.CreateTable("ClassMembers", table => new
        {
            ClassId = table.Column<int>("integer"),
            UserId = table.Column<int>("integer"),
            JoinedAt = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ClassMembers", row => new { row.ClassId, row.UserId });
            table.ForeignKey("FK_ClassMembers_Classes_ClassId", row => row.ClassId, "Classes", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ClassMembers_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ClassMembers_UserId", "ClassMembers", "UserId");

        migrationBuilder.CreateTable("Exercises", table => new
        {
            Id = table.Column<int>("integer").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            ChapterId = table.Column<int>("integer"),
            Key = table.Column<string>("character varying(80)", maxLength: 80),
            Number = table.Column<int>("integer"),
            Title = table.Column<string>("character varying(160)", maxLength: 160),
            Kind = table.Column<int>("integer"),
            Points = table.Column<int>("integer"),
            Required = table.Column<bool>("boolean"),
            MaximumTries = table.Column<int>("integer", nullable: true),
            Version = table.Column<int>("integer"),
            Source = table.Column<string>("text"),
            Content = table.Column<string>("text"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Exercises", row => row.Id);
            table.ForeignKey("FK_Exercises_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Exercises_ChapterId_Key", "Exercises", ["ChapterId", "Key"], unique: true);

        migrationBuilder.CreateTable("Attempts", table => new
        {
            Id = table.Column<long>("bigint").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            UserId = table.Column<int>("integer", nullable: true),
            ExerciseId = table.Column<int>("integer"),
            Version = table.Column<int>("integer"),
            Points = table.Column<int>("integer"),
            Key = table.Column<Guid>("uuid"),
            Number = table.Column<int>("integer"),
            Answer = table.Column<string>("text"),
            Outcome = table.Column<int>("integer"),
            Score = table.Column<double>("double precision"),
            Feedback = table.Column<string>("text"),
            At = table.Column<DateTimeOffset>("timestamp with time zone"),
            Regraded = table.Column<bool>("boolean"),
            Comment = table.Column<string>("character varying(2000)", maxLength: 2000, nullable: true),
            MarkedById = table.Column<int>("integer", nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Attempts", row => row.Id);
            table.ForeignKey("FK_Attempts_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("FK_Attempts_Exercises_ExerciseId", row => row.ExerciseId, "Exercises", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Attempts_UserId_Key", "Attempts", ["UserId", "Key"], unique: true);
        migrationBuilder.CreateIndex("IX_Attempts_UserId_ExerciseId_Number", "Attempts", ["UserId", "ExerciseId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_Attempts_UserId_At", "Attempts", ["UserId", "At"]);
        migrationBuilder.CreateIndex("IX_Attempts_ExerciseId", "Attempts", "ExerciseId");

        migrationBuilder.CreateTable("ExerciseProgress", table => new
        {
            UserId = table.Column<int>("integer"),
            ExerciseId = table.Column<int>("integer"),
            Tries = table.Column<int>("integer"),
            TriesToSolve = table.Column<int>("integer"),
            BestScore = table.Column<double>("double precision"),
            LastOutcome = table.Column<int>("integer", nullable: true),
            FirstAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            SolvedAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            LastAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            LastRightAt = table.Column<DateTimeOffset>("timestamp with time zone", nullable: true),
            HintsSeen = table.Column<int>("integer"),
            RegradeUnseen = table.Column<bool>("boolean"),
            Revision = table.Column<int>("integer"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ExerciseProgress", row => new { row.UserId, row.ExerciseId });
            table.ForeignKey("FK_ExerciseProgress_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ExerciseProgress_Exercises_ExerciseId", row => row.ExerciseId, "Exercises", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ExerciseProgress_ExerciseId", "ExerciseProgress", "ExerciseId");

        migrationBuilder.CreateTable("AnswerDrafts", table => new
        {
            UserId = table.Column<int>("integer"),
            ExerciseId = table.Column<int>("integer"),
            Answer = table.Column<string>("text"),
            SavedAt = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_AnswerDrafts", row => new { row.UserId, row.ExerciseId });
            table.ForeignKey("FK_AnswerDrafts_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_AnswerDrafts_Exercises_ExerciseId", row => row.ExerciseId, "Exercises", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_AnswerDrafts_ExerciseId", "AnswerDrafts", "ExerciseId");

        migrationBuilder.CreateTable("XpEvents", table => new
        {
            Id = table.Column<long>("bigint").Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            UserId = table.Column<int>("integer"),
            Kind = table.Column<int>("integer"),
            SourceId = table.Column<int>("integer"),
            Amount = table.Column<int>("integer"),
            At = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_XpEvents", row => row.Id);
            table.ForeignKey("FK_XpEvents_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_XpEvents_UserId_Kind_SourceId", "XpEvents", ["UserId", "Kind", "SourceId"], unique: true);

        migrationBuilder.CreateTable("DailyActivity", table => new
        {
            UserId = table.Column<int>("integer"),
            Day = table.Column<DateOnly>("date"),
            Tries = table.Column<int>("integer"),
            Solved = table.Column<int>("integer"),
            Xp = table.Column<int>("integer"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_DailyActivity", row => new { row.UserId, row.Day });
            table.ForeignKey("FK_DailyActivity_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("Standings", table => new
        {
            Period = table.Column<int>("integer"),
            UserId = table.Column<int>("integer"),
            Xp = table.Column<int>("integer"),
            ReachedAt = table.Column<DateTimeOffset>("timestamp with time zone"),
            Shown = table.Column<bool>("boolean"),
            Bucket = table.Column<int>("integer"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Standings", row => new { row.Period, row.UserId });
            table.ForeignKey("FK_Standings_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Standings_Period_Xp_ReachedAt", "Standings", ["Period", "Xp", "ReachedAt"], filter: "\"Shown\"", descending: [false, true, false]);
        migrationBuilder.CreateIndex("IX_Standings_Period_Bucket", "Standings", ["Period", "Bucket"], filter: "\"Shown\"");
        migrationBuilder.CreateIndex("IX_Standings_UserId", "Standings", "UserId");

        migrationBuilder.CreateTable("EarnedBadges", table => new
        {
            UserId = table.Column<int>("integer"),
            Code = table.Column<string>("character varying(60)", maxLength: 60),
            At = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_EarnedBadges", row => new { row.UserId, row.Code });
            table.ForeignKey("FK_EarnedBadges_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("CorrectionReleases", table => new
        {
            ClassId = table.Column<int>("integer"),
            ExerciseId = table.Column<int>("integer"),
            At = table.Column<DateTimeOffset>("timestamp with time zone"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_CorrectionReleases", row => new { row.ClassId, row.ExerciseId });
            table.ForeignKey("FK_CorrectionReleases_Classes_ClassId", row => row.ClassId, "Classes", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_CorrectionReleases_Exercises_ExerciseId", row => row.ExerciseId, "Exercises", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_CorrectionReleases_ExerciseId", "CorrectionReleases", "ExerciseId");
    }
}
