using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace NsiPortal.Data.Sqlite.Migrations;

/// <summary>Users, their classes, exercises and what pupils do.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261126000001_Students")]
sealed class Students : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Users", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Nickname = table.Column<string>("TEXT", maxLength: 24),
            NicknameKey = table.Column<string>("TEXT", maxLength: 96),
            Role = table.Column<int>("INTEGER"),
            Disabled = table.Column<bool>("INTEGER"),
            CreatedAt = table.Column<long>("INTEGER"),
            Avatar = table.Column<string>("TEXT", maxLength: 20),
            ShownToAll = table.Column<bool>("INTEGER"),
            PasswordHash = table.Column<string>("TEXT", nullable: true),
            SecurityStamp = table.Column<string>("TEXT", maxLength: 64),
            FailedSignIns = table.Column<int>("INTEGER"),
            LockedUntil = table.Column<long>("INTEGER", nullable: true),
            MustChangePassword = table.Column<bool>("INTEGER"),
        }, constraints: table => table.PrimaryKey("PK_Users", row => row.Id));
        migrationBuilder.CreateIndex("IX_Users_NicknameKey", "Users", "NicknameKey", unique: true);

        migrationBuilder.CreateTable("Classes", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            Name = table.Column<string>("TEXT", maxLength: 60),
            TeacherId = table.Column<int>("INTEGER"),
            Code = table.Column<string>("TEXT", maxLength: 7),
            CodeExpiresAt = table.Column<long>("INTEGER", nullable: true),
            Capacity = table.Column<int>("INTEGER"),
            CreatedAt = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Classes", row => row.Id);
            table.ForeignKey("FK_Classes_Users_TeacherId", row => row.TeacherId, "Users", "Id", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Classes_Code", "Classes", "Code", unique: true);
        migrationBuilder.CreateIndex("IX_Classes_TeacherId", "Classes", "TeacherId");

        migrationBuilder.CreateTable("ClassMembers", table => new
        {
            ClassId = table.Column<int>("INTEGER"),
            UserId = table.Column<int>("INTEGER"),
            JoinedAt = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ClassMembers", row => new { row.ClassId, row.UserId });
            table.ForeignKey("FK_ClassMembers_Classes_ClassId", row => row.ClassId, "Classes", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ClassMembers_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ClassMembers_UserId", "ClassMembers", "UserId");

        migrationBuilder.CreateTable("Exercises", table => new
        {
            Id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            ChapterId = table.Column<int>("INTEGER"),
            Key = table.Column<string>("TEXT", maxLength: 80),
            Number = table.Column<int>("INTEGER"),
            Title = table.Column<string>("TEXT", maxLength: 160),
            Kind = table.Column<int>("INTEGER"),
            Points = table.Column<int>("INTEGER"),
            Required = table.Column<bool>("INTEGER"),
            MaximumTries = table.Column<int>("INTEGER", nullable: true),
            Version = table.Column<int>("INTEGER"),
            Source = table.Column<string>("TEXT"),
            Content = table.Column<string>("TEXT"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Exercises", row => row.Id);
            table.ForeignKey("FK_Exercises_Chapters_ChapterId", row => row.ChapterId, "Chapters", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Exercises_ChapterId_Key", "Exercises", ["ChapterId", "Key"], unique: true);

        migrationBuilder.CreateTable("Attempts", table => new
        {
            Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            UserId = table.Column<int>("INTEGER", nullable: true),
            ExerciseId = table.Column<int>("INTEGER"),
            Version = table.Column<int>("INTEGER"),
            Points = table.Column<int>("INTEGER"),
            Key = table.Column<Guid>("TEXT"),
            Number = table.Column<int>("INTEGER"),
            Answer = table.Column<string>("TEXT"),
            Outcome = table.Column<int>("INTEGER"),
            Score = table.Column<double>("REAL"),
            Feedback = table.Column<string>("TEXT"),
            At = table.Column<long>("INTEGER"),
            Regraded = table.Column<bool>("INTEGER"),
            Comment = table.Column<string>("TEXT", maxLength: 2000, nullable: true),
            MarkedById = table.Column<int>("INTEGER", nullable: true),
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
            UserId = table.Column<int>("INTEGER"),
            ExerciseId = table.Column<int>("INTEGER"),
            Tries = table.Column<int>("INTEGER"),
            TriesToSolve = table.Column<int>("INTEGER"),
            BestScore = table.Column<double>("REAL"),
            LastOutcome = table.Column<int>("INTEGER", nullable: true),
            FirstAt = table.Column<long>("INTEGER", nullable: true),
            SolvedAt = table.Column<long>("INTEGER", nullable: true),
            LastAt = table.Column<long>("INTEGER", nullable: true),
            LastRightAt = table.Column<long>("INTEGER", nullable: true),
            HintsSeen = table.Column<int>("INTEGER"),
            RegradeUnseen = table.Column<bool>("INTEGER"),
            Revision = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_ExerciseProgress", row => new { row.UserId, row.ExerciseId });
            table.ForeignKey("FK_ExerciseProgress_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_ExerciseProgress_Exercises_ExerciseId", row => row.ExerciseId, "Exercises", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_ExerciseProgress_ExerciseId", "ExerciseProgress", "ExerciseId");

        migrationBuilder.CreateTable("AnswerDrafts", table => new
        {
            UserId = table.Column<int>("INTEGER"),
            ExerciseId = table.Column<int>("INTEGER"),
            Answer = table.Column<string>("TEXT"),
            SavedAt = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_AnswerDrafts", row => new { row.UserId, row.ExerciseId });
            table.ForeignKey("FK_AnswerDrafts_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_AnswerDrafts_Exercises_ExerciseId", row => row.ExerciseId, "Exercises", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_AnswerDrafts_ExerciseId", "AnswerDrafts", "ExerciseId");

        migrationBuilder.CreateTable("XpEvents", table => new
        {
            Id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
            UserId = table.Column<int>("INTEGER"),
            Kind = table.Column<int>("INTEGER"),
            SourceId = table.Column<int>("INTEGER"),
            Amount = table.Column<int>("INTEGER"),
            At = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_XpEvents", row => row.Id);
            table.ForeignKey("FK_XpEvents_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_XpEvents_UserId_Kind_SourceId", "XpEvents", ["UserId", "Kind", "SourceId"], unique: true);

        migrationBuilder.CreateTable("DailyActivity", table => new
        {
            UserId = table.Column<int>("INTEGER"),
            Day = table.Column<DateOnly>("TEXT"),
            Tries = table.Column<int>("INTEGER"),
            Solved = table.Column<int>("INTEGER"),
            Xp = table.Column<int>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_DailyActivity", row => new { row.UserId, row.Day });
            table.ForeignKey("FK_DailyActivity_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("Standings", table => new
        {
            Period = table.Column<int>("INTEGER"),
            UserId = table.Column<int>("INTEGER"),
            Xp = table.Column<int>("INTEGER"),
            ReachedAt = table.Column<long>("INTEGER"),
            Shown = table.Column<bool>("INTEGER"),
            Bucket = table.Column<int>("INTEGER"),
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
            UserId = table.Column<int>("INTEGER"),
            Code = table.Column<string>("TEXT", maxLength: 60),
            At = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_EarnedBadges", row => new { row.UserId, row.Code });
            table.ForeignKey("FK_EarnedBadges_Users_UserId", row => row.UserId, "Users", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("CorrectionReleases", table => new
        {
            ClassId = table.Column<int>("INTEGER"),
            ExerciseId = table.Column<int>("INTEGER"),
            At = table.Column<long>("INTEGER"),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_CorrectionReleases", row => new { row.ClassId, row.ExerciseId });
            table.ForeignKey("FK_CorrectionReleases_Classes_ClassId", row => row.ClassId, "Classes", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_CorrectionReleases_Exercises_ExerciseId", row => row.ExerciseId, "Exercises", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_CorrectionReleases_ExerciseId", "CorrectionReleases", "ExerciseId");
    }
}
